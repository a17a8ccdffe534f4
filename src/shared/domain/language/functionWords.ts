/*
 * Function words of each language (articles, pronouns, prepositions, conjunctions, auxiliaries, question
 * words) and the words that only make a question of a sentence. They say nothing about what a text is
 * about. Words that name things as well are left out where they rarely are function words. Published lists
 * are not used: those at hand hold nouns (year, house, person), numbers and broken letters.
 */
const list = (words: string): readonly string[] => words.trim().split(/\s+/u)

/** By language (ISO 639-1), in lower case, with their accents. */
export const functionWords: Readonly<Record<string, readonly string[]>> = {
  /** "Us", "may", "will" and "it" name things too (US, May); of these only those that rarely do are listed. */
  en: list(`
    a about above after again against all also although am among an and another any are aren around
    as at be because became become been before being below between both but by can cannot could
    couldn did didn do does doesn doing don done down during each eg either else etc ever every few
    for from further get gets give given gives got had hadn has hasn have haven having he hence her
    here hers herself him himself his how however i ie if in into is isn it its itself just let
    many me might mine more most much must my myself neither nor not now of off often on once only
    onto or other others ought our ours ourselves out over own per perhaps please quite rather really
    said same say says shall shan she should shouldn since so some such tell than that the their theirs them
    themselves then there therefore these they this those though through thus to too toward towards
    under until up upon very via was wasn we were weren what whatever when where whether which while
    who whoever whom whose why will with within without won would wouldn yet you your yours yourself
    yourselves`),
  de: list(`
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf
    aus außer bei beide beiden beim bereits bin bis bist bitte da dabei dadurch dafür dagegen daher damit
    danach dann daran darauf daraus darf darin darüber darum das dass daß davon davor dazu dein deine deinem
    deinen deiner dem den denen denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses
    doch dort du durch dürfen eben ein eine einem einen einer eines einige einigen einiger er es etwa etwas
    euch euer eure für gab ganz gar gegen gegenüber geht gewesen geworden gib gibt hab habe haben hast hat
    hatte hatten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins
    irgend ist ja je jede jedem jeden jeder jedes jedoch jemand jene jenem jenen jener jenes jetzt kann kein
    keine keinem keinen keiner konnte konnten können könnte könnten man manche mancher mehr mein meine meinem
    meinen meiner mich mir mit mittels muss musste mussten muß müssen nach nachdem neben nein nicht nichts nie
    noch nun nur ob oder ohne per schon sehr sei seien sein seine seinem seinen seiner seines seit selbst sich
    sie sagen sagt sagte sind so sobald solche solcher soll sollen sollte sollten sondern sonst sowie sowohl um und uns unser
    unsere unserem unseren unserer unter viel viele vielen vieler vom von vor wann war waren warum was wegen
    weil welche welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieder wieso wieviel
    will wir wird wo wobei wodurch wofür woher wohin wollen wollte womit woran worauf woraus worden worin
    worüber wovon wozu wurde wurden während wäre würde würden zu zum zur zwar zwischen über`),
  fr: list(`
    a à afin ai aie ainsi alors après au aucun aucune aussi autre autres aux avaient avais avait avant avec
    avoir avons avez ayant c ça car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci combien
    comme comment contre d dans de depuis des dès dessous dessus devant dit doit doivent donc dont du durant elle
    elles en encore entre environ es est et étaient étais était étant été être eu eux faire fait faut fut
    furent ici il ils j jamais je jusque jusqu l la là le lequel laquelle les lesquelles lesquels leur leurs
    lors lorsque lui m ma mais malgré me même mêmes mes mien mienne moi moins mon n ne ni non nos notre nous
    on ont ou où par parce parmi pas pendant peu peut peuvent plus plusieurs plutôt pour pourquoi puis puisque
    qu quand que quel quelle quelles quelque quelques quels qui quoi s sa sans sauf se selon sera serait
    seront ses si sien sienne soi soient soit son sont sous suis sur t ta tandis te tel telle tes toi ton tous
    tout toute toutes très trop tu un une va vers voici voilà vos votre vous vont y`),
  es: list(`
    a adónde al algo algún alguna algunas alguno algunos allí ante antes aquel aquella aquellas aquello
    aquellos aquí así aún aunque bajo bien cada casi cómo como con contra cuál cual cuáles cuales cualquier
    cuándo cuando cuánta cuántas cuánto cuántos cuanto de del desde dice dijo donde dónde dos durante e el él ella ellas
    ello ellos en entre era eran eras es esa esas ese eso esos está están estaba estaban estado estar estas
    esta éstas éste este esto estos fue fueron ha había habían haber hace hacia han hasta hay he incluso la
    las le les lo los más mas me mediante mi mis mientras mí misma mismas mismo mismos mucho mucha muchas
    muchos muy nada ni ningún ninguna no nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro
    otros para pero poco por porque pues que qué quién quien quiénes quienes se sea sean según ser será serán
    si sí sido sin sino so sobre son su sus suya suyo tal también tampoco tan tanto te tenía tener tiene tienen
    toda todas todavía todo todos tras tu tú tus u un una unas uno unos usted ustedes vosotros y ya yo`),
  it: list(`
    a abbia ad agli ai al alcun alcuna alcuni all alla alle allo allora altra altre altri altro anche ancora
    avere aveva avevano avuto c che chi ci ciascun cioè coi col come con contro così cosa cui d da dagli dai
    dal dall dalla dalle dallo degli dei del dell della delle dello detto di dice dopo dove dov due durante e è ebbe ed
    era erano essa esse essendo essere essi esso fa fino fra fu furono gli già ha hai hanno ho i il in io l la
    là le lei li lo loro lui ma mai me mentre mi mia mie miei mio molta molte molti molto ne né negli nei nel
    nell nella nelle nello nessun nessuna no noi non nostra nostre nostri nostro o od ogni oppure per perché
    però più poco poi poiché può possono prima propria proprie proprio qual quale quali qualche quando quanta
    quante quanti quanto quasi quel quell quella quelle quelli quello questa queste questi questo qui quindi s
    sarà saranno sarebbe se sé secondo sei senza si sia siano siete sin sono sopra sotto sta stata state stati
    stato su sua sue sugli sui sul sull sulla sulle sullo suo suoi tale tali tanto te ti tra tu tua tue tuo
    tuoi tutta tutte tutti tutto un una uno v vi voi vostra vostro`),
  pt: list(`
    a à ao aos aquela aquelas aquele aqueles aquilo as às até cada com como contra cuja cujo da daquela
    daquele das de dela delas dele deles depois desde dessa desse desta deste disse disso disto diz do dos durante e é
    ela elas ele eles em enquanto entre era eram essa essas esse esses esta está estão estas estava estavam
    este estes estou eu existe foi foram há havia isso isto já lá lhe lhes lo mais mas me menos mesma mesmas
    mesmo mesmos meu meus mim minha minhas muita muitas muito muitos na nada não nas nela nele nem nenhum
    nenhuma nessa nesse nesta neste no nós nos nossa nossas nosso nossos num numa o onde os ou outra outras
    outro outros para pela pelas pelo pelos per perante pode podem pois por porque porquê pouco qual quais
    qualquer quando quanta quantas quanto quantos quão que quê quem são se seja sejam sem sendo ser será serão
    seu seus si sido sob sobre sua suas tal também tanto te tem têm ter tinha tinham toda todas todo todos tu
    tua tudo um uma umas uns você vocês vos`),
  nl: list(`
    aan af al alle alles als ander andere anderen bent beide ben bij binnen boven daar daarbij daarin daarna
    daarom dan dat de den der deze die dit doch doen door dus een eens elk elke en er erin ervan even geen
    gewoon ging haar had hadden heb hebben hebt heeft hem hen het hier hij hoe hoeveel hun ieder iedere iemand
    iets ik in is ja je jij jou jouw jullie kan kon konden kunnen maar mag me meer men met mij mijn moest moet
    moeten na naar naast nee niet niets nog nu of om omdat onder ons onze ook op over per sinds steeds te tegen
    ten ter terwijl tijdens toch toen tot tussen uit uw van vanaf vandaan veel via volgens voor waar waaraan
    waarbij waardoor waarin waarmee waarom waarop waarvan waarvoor wanneer want waren was wat we welk welke
    wel werd werden wie wiens wij wil word worden wordt zal ze zeer zelf zich zij zijn zo zoals zonder zou
    zouden zulke`),
  sv: list(`
    alla allt alltså andra annan annat att av bara bli blir blev blivit bland både da de dem den denna deras
    dess dessa det detta dig din dina ditt du där därför då efter ej eller en enligt er era ert ett fanns finns
    för från få får fick genom går gör ha hade han hans har henne hennes hon honom hur här i icke in ingen
    inget innan inom inte jag ju kan kommer kunde kunna man med medan mellan men mer mest mig min mina mitt
    mot mycket många måste ni nu när något någon några nån och också om oss på redan sedan samt sig sin sina
    sitt själv ska skall skulle som så sådan sådana till tills under upp ut utan vad var vara varför varit
    varje vars vart vem vems vi vid vilka vilken vilket vår våra vårt än är även åt över`),
  da: list(`
    af alle alt anden andet andre at bare begge blev blive bliver da de dem den denne der deres det dette dig
    din dine disse dit du efter eller en end er et for fra få får fik før gennem gør ham han hans har havde
    have hende hendes her hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår i
    ikke ind ingen intet ja jeg jer jeres kan kom kommer kun kunne man mange med meget mellem men mens mere mig
    min mine mit mod må ned nej noget nogen nogle nu når og også om op os over på samt sig sin sine sit skal
    skulle som så sådan til ud uden under var ved vi vil ville vor vores være været`),
  no: list(`
    alle alt andre annen annet at av bare begge ble bli blir blitt både da de dem den denne der deres det dette
    deg din dine disse ditt du dere eller en enn er et etter for fordi fra få får fikk før gjennom gjør ha
    hadde han hans har henne hennes her hos hun hva hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor
    i ikke inn ingen inne ja jeg kan kom kommer kun kunne man mange med meg mellom men mens mer min mine mitt
    mot mye må ned nei noe noen nå når og også om opp oss over på samt seg selv si sin sine sitt skal skulle
    som så sånn til under ut uten var ved vi vil ville vår våre vært være`),
  fi: list(`
    ei eikä ellei emme en ennen et että ette he heidän heidät heille hän hänen hänet häntä ja jo joiden joita
    joka jokainen joko jolla jolle jonka jos joskus jossa josta jota jotka jotta kanssa kaikki kaikkien kenelle
    kenen keskellä ketkä kuin kuinka kuka kukaan kun kuten lisäksi me meidän mihin mikä mikään miksi milloin
    minkä minun minut minä missä mistä mitkä mitä miten molemmat monta mukaan mutta muu muut muun myös ne niiden
    niin niitä noin nuo nyt olemme olen olet olevan oli olisi olivat olla olleet ollut on onko ovat paljon
    paljonko perusteella saa se sekä sellainen sen sille siinä siitä sinä sitä sillä tai tämä tämän te teidän
    tulee tuo tässä tästä tätä vaan vai vaikka voi voidaan vähän yli`),
  pl: list(`
    a aby ale ani bardzo bez bo bowiem by być był była było były będą będzie bądź co cóż czego czemu czy czyli
    czym dla dlaczego do gdy gdyby gdzie gdyż i ich ile ilu im inne inny ja jak jaka jaki jakich jakie jakiego
    jako jakim je jeden jednak jego jej jemu jest jestem jeszcze jeśli jeżeli już ją każda każde każdy kiedy
    kim kogo komu kto która które którego której który których którym którzy lecz lub ma mają mi między mnie
    może można mój mu musi my na nad nam nas nasz nasza nasze nawet nią nic nich nie nigdy nim niż no o od oraz
    on ona one oni ono po pod podczas ponad ponieważ poza przed przede przez przy raz również są się skąd sobą
    sobie sposób swoje swój ta tak taka taki takie także tam te tego tej tem ten też to tobie tu tylko tym tych
    ty u w we według wiele wielu więc więcej wszystkie wszystko wy z za zawsze ze został została zostało zostały
    że żeby`),
  cs: list(`
    a aby aj ale anebo ani aniž až během bez bude budou by byl byla bylo byli byly být co což čeho či čím do
    dokud ho i jak jaká jaké jaký jako je jeho jej její jejich jemu jen jenž ještě jestli jestliže ji jí jich
    jim jiné jiný již jsem jsi jsme jsou jste k kam každá každé každý kde kdo kdy když ke koho kolik komu která
    které kterého který kteří kvůli ma má máme mají mě mezi mi mít mne mnoho mohou moje může můj my na nad
    nám nás náš naše ne nebo nebyl než nic nich ním o od on ona oni ono pak po pod podle pokud pouze právě pro
    proč proto protože před přes při s se si sice svá své svůj ta tak také takže tam te tedy těch tento této
    tím to toho tom tomu tu tuto ty u už v ve více však všechny vy z za že ze`),
  ro: list(`
    a abia acea această aceasta aceea acei aceia acel acela acele acest acesta aceste aceștia ai aici al ale
    alt alta alte altele altul am ar are as asta astfel așa atât atunci au avea având ca că când care căreia
    cărora cărui cât câtă câte câți ce cea cei cel cele ci cine cu cui cum da dacă dar de deci deja deși despre
    din dintre doar după ea ei el ele era erau este eu fi fie fiecare fiind fost fără iar îi îl în înainte
    încă într între își îți la le li lor lui mai mea mei mele meu mi mult multe mulți ne nici nimic niște noi
    nostru nu o ori orice pe pentru peste pot poate prin prea printre până sa să sale sau său se sub sunt suntem
    și tot toată toate toți tu un una unde unei unele unii unor unui unul va vei voi vom vor vostru`),
  hu: list(`
    a abban ahhoz ahogy ahol aki akik akkor alatt által általában amely amelyek amelyet ami amikor amit annak
    arra az azok azon azonban azt aztán azzal be belül bár cikk csak de e egész egy egyes egyéb el előtt én
    ennek erre ez ezek ezen ezért ezt fel felé hanem hány hogy hogyan hol honnan hová igen így illetve ilyen is
    ki kell kik kinek kit között kívül le lehet lenne lesz lett ma maga meg mely melyek melyik mennyi mert mi
    miatt miért míg mikor milyen minden mint mit mivel most már más még mögött nagyon ne nem neki nincs ő ők
    össze őt pedig s saját sem ség sok során szerint sőt számára tehát több túl úgy után utána vagy vagyis
    van vannak vele vissza volna volt voltak`),
  ru: list(`
    а без более больше бы был была были было быть в вам вас ваш ведь весь во вот все всё всего всех вы где да
    даже для до его ее её ей ему если есть еще ещё же за зачем здесь и из изо или им ими иметь имеет имели имел
    их к как какая какие каких какого какое какой каком какую ко когда кого кое ком кому кто куда ли либо лишь
    меж между меня мне многие много могут может можно мой мы на над надо нам нами нас наш не него неё нее ней
    некоторые нет неужели ни нибудь никто ним ними них ничего но ну о об оба один однако он она они оно от
    откуда отчего очень перед по под после потом потому почему почти при про раз разве с сам сама сами свое своё
    своего своей своим своих себе себя сейчас со сколько следующий стал стала стали стало такая такие также
    такой там те тем тех то тобой того тоже той только том тот ты у уже хотя чего чей чем через что чтоб чтобы
    чья эта эти этих это этого этой этом этот эту я является являются`),
  uk: list(`
    а або але без би був була були було бути в вам вас ваш ви від він вона вони воно все всі всіх де для до
    достатньо є ж за завжди з зі із й його коли кого кому котрий куди лише має мають ми між мене мені може на
    над нас наш не нею неї ні ній них о один по під після при про саме скільки собі свого своїх та так така таке
    такий також там те тим то тоді той тобто тому ти тут у усі хто це цей ці цих цього цьому чи чому через що
    щоб щодо як яка які яких якого якої який якщо я`),
  bg: list(`
    а ако ала без беше бе би бил била били било в вас ваш ви вие във все всеки всички всичко вече го да дали до
    докато друг друга други е ето за защо защото и из или им има имат й как каква какви какво какъв като кога
    когато кого което които кой който колко която къде ли м ме между ми много може могат му на над най нас не
    него нея нещо ни ние никой но някои някой обаче около от ото още по под поради преди през при с са само се
    си след сме спрямо срещу със съм т такава така там те тези ти то това този тогава тя тях у че чрез я`),
  tr: list(`
    acaba altında ama ancak arasında ardından artık asla aslında aynı az bana bazı belki ben benim beri bile bir
    biri birkaç biz bizim böyle bu buna bunlar bunu bunun burada bütün çok çoğu çünkü da daha dahi de defa değil
    diğer diye dolayı en etmek etti fakat gibi göre ha hangi hangisi hatta hem henüz hep hepsi her herhangi
    hiç hiçbir için içinde ile ilgili ise işte kaç kadar karşı kendi kez ki kim kime kimi kimin mı mi mu mü nasıl
    ne neden nedir nerede nereden nereye nesi niçin niye o olan olarak oldu olduğu olduğunu olması olmak olup
    on ona onlar onların onu onun oysa öyle pek rağmen sadece sanki sen siz sonra sonunda şey şu şöyle tarafından
    tüm var vardı ve veya ya yani yer yine yoksa zaten`),
  el: list(`
    αλλά αν αντί από αυτά αυτές αυτή αυτό αυτοί αυτός αυτού αυτών αφού για γιατί δεν διά εάν εγώ είναι είχε εκεί
    εκείνη εκείνο εκείνος ένα έναν ένας έχει έχουν η ήταν θα κάθε και κατά κι μα με μέσα μετά μη μην μια μία μου
    να ο οι όλα όλες όμως όπου όπως όταν ότι ούτε πιο ποια ποιες ποιο ποιοι ποιος πόσα πόσες πόση πόσο πόσοι πότε
    που πού πριν προς πως πώς σαν σας σε στα στη στην στις στο στον στους στων τα τι τη την της τις το τον του
    τους των ως`),
  ar: list(`
    أ أن أنا أنت أنه أنها أو أي أية أين إذ إذا إلا إلى إن إنه إنما الذي الذين التي اللذان اللتان اللواتي أما
    بعد بعض بل بما بها به بين تلك تم ثم حتى حول حيث خلال دون ذلك سوف ضد عن عند عندما على عليه عليها غير ف في
    فيه فيها قبل قد كان كانت كانوا كل كلا كم كما كيف كي لا لأن لدى لقد لكن لكنه لم لماذا لن له لها لهم لو
    ليس ليست ما ماذا متى مع من منذ منه منها مما هذا هذه هؤلاء هل هم هما هنا هناك هو هي و وقد ولا ولم وهو وهي
    يتم يكون يمكن تكون`),
  he: list(`
    אבל או אולי אותה אותו אותם אז אחר אחרי אחת אי איזה אילו אין איך איפה אך אל אלה אלו אם אני אנחנו אף אשר את
    אתה אתם באיזה בגלל בין בלי גם גדול דרך הוא היא היה היו היתה הם הן הנה הרבה זאת זה זו יותר יש כאשר כבר כדי
    כי כך כל כמה כמו כן לא לאן לו לה לפי לפני למה למי לפיכך מאוד מאת מאין מדוע מה מי מן מעל מתי נגד עד עדיין
    על עם עוד עצמו פי צריך רק של שלה שלהם שלו שם תחת`),
  ca: list(`
    a abans això al als alguna alguns aquell aquella aquells aquest aquesta aquests aquí així amb bé cada com
    contra d de del dels des després doncs dos durant e el ell ella ells els em en encara ens entre era eren es
    és està estan et ha hagut han has havia hi hem ho i in jo l la les li lo llavors mai me més meu mentre
    mateix molt molta molts n na ni no nosaltres o on per perquè però poc pot que què qual quals quan quant
    quanta quants qui s sa se segons sense ser serà seu seus seva si sí són sobre sota t també tan te tenen
    teu té tot tota tots tu un una uns va van vosaltres`),
  hr: list(`
    a ako ali bez bi bila bili bilo bio biti će da do dok drugi duž ga gdje god i ih ili im ima imaju isto iz
    iza između ja je jedan jedna jedno jer jesam jesu joj još ju kad kada kako kamo kao koja koje kojeg kojem
    koji koju koliko kome li mi među mnogo može moj na nad nakon nam nas naš ne nego nije nisu ni no o od odakle
    on ona onda oni ono osim ova ovaj ove ovo po pod pored poslije pre prema preko pri prije protiv s sam samo
    se sebe su sve svi svog svoj ta tada tako također taj te ti to tog toga tome tko u uz vam vas već više za
    zašto zbog što šta`),
  id: list(`
    ada adalah agar akan antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa belum berapa bila bisa
    bukan dalam dan dapat dari daripada demi dengan di dia ia ini itu jika juga kami kapan kapankah karena ke
    kenapa kepada ketika kita lagi lain lebih maka mana masih melalui mengapa menjadi mereka merupakan mungkin
    namun oleh pada para per perlu pula pun saat saja sambil sampai sangat saya sebagai sebelum sebuah sedang
    sejak selama semua sendiri seorang seperti serta setelah setiap siapa suatu sudah supaya tanpa tapi telah
    tentang terhadap tersebut tetapi tidak untuk yaitu yakni yang`),
  vi: list(`
    ai anh bao bằng bị bởi các cả cái càng cho chỉ chưa chúng có còn của cũng cùng do đã đang đâu đây để đến đều
    đó được gì hay hoặc khi không là lại làm lên lúc mà mỗi một nào này nên nếu ngay như nhưng những ở qua ra
    rằng rất rồi sao sau sẽ sự ta tại tất thế thì theo trên trong trước từ tuy và vào vẫn vì việc với vậy`),
  ko: list(`
    그 그것 그리고 그러나 누가 누구 누구의 더 때문 또 또는 및 무슨 무엇 무엇을 무엇인가 무엇입니까 몇 아니 아닌
    어느 어디 어디서 어디에 어떤 어떻게 언제 얼마 얼마나 왜 이 이것 저 하는 하다 한 할 합니까 했습니까 있는 있다
    있습니까 된 되는 입니까 인가`),
  /** A question does not miss pairs of characters that touch them. */
  zh: list(`
    为什么 什么时候 有多少 多少 多久 多大 多高 多长 什么 怎么样 怎么 怎样 如何 哪里 哪儿 哪些 哪个 哪一 哪
    谁 何时 何地 请问 几个 是否 以及 因为 所以 但是 可以 我们 他们 她们 它们 这个 那个 这些 那些 每 的 了 是 在
    和 与 及 或 也 都 而 但 就 被 把 吗 呢 吧 啊 这 那 它 他 她 我 你 您 什麼 為什麼 怎麼 哪裡 誰 請問 這 們 與`),
}
