/*
 * Abbreviations of the languages that Penknife is tested with. They are one list for all: which language
 * a text is in is not known here, so a word that ends a sentence in one of them is in none.
 */
const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u))

/** Never the end of a sentence: something always follows. */
export const titles = list(`
dr mr mrs ms mx messrs prof rev hon gen col maj capt cpt lt sgt cmdr adm gov sen rep pres fr st mt ft vs
cf e.g i.e eg ie viz ca approx resp incl esp
bzw z.b d.h u.a z.t i.d.r bzgl evtl ggf inkl exkl zzgl abzgl sog vgl s.o s.u hr dipl dipl.-ing hrsg lt dgl
mme mmes mlle mlles mgr ste p.ex c.-à-d env
sr sra srta srs sres sras dra dña ud uds vd vds p.ej ej excmo excma
sig sigg sig.ra sig.na dott dott.ssa prof.ssa avv geom rag p.es
exmo exma ilmo
dhr mevr mw drs bijv o.a d.w.z m.b.t t.a.v i.v.m n.a.v t.o.v
np ul m.in tzn tj zob por inż św mgr
т.е т.н т.к и.о проф акад напр им ул корп кв
doç sn bkz örn cad sok mah apt
bl.a t.ex d.v.s dvs fr.o.m t.o.m jfr f.eks jf evt
`)

/** Abbreviations only before a number, "no." above all. */
export const beforeNumbers = list(`
no nos fig figs eq eqs eqn p pp vol vols ch chap sec sect art arts par para ref refs tab app ver v n
nr nrn abs bd bde abb kap ziff rn tel str seite
núm nro pág págs cap tél tlf pag pagg art.
blz str strona
стр рис табл тел гл п пп
sf kl
`)

/** May end a sentence: they do where the next word is one that sentences begin with. */
export const abbreviations = list(`
inc ltd co corp llc bros jr sr etc al dept univ assn est ed eds trans ave blvd rd jan feb mar apr jun jul
aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ph.d m.d b.a m.a b.sc m.sc esq op cit
ibid min max avg temp tel ext
usw mio mrd tsd std sek jh jhd geb gest okt dez jän gmbh
av avda ee.uu ecc enz itd itp godz
г гг др т.д т.п руб коп тыс млн млрд
vb osv m.m m.fl
`)

/** Words that sentences begin with. */
export const starters = list(`
the a an this that these those it its he she they we you i his her our their my in on at by for from with
as after before when while where if although though because since however but and or so then there here
what who why how which to of under during both each all some many most no not one two another other also
according despite until once finally first second
der die das ein eine einen es er sie wir ich ihr dies diese dieser dieses im am auf bei für von zu zum zur
mit nach wenn weil aber und oder dann hier was wer wie wo warum danach dabei dazu auch nur seit alle jeder
le la les l un une des il elle ils elles nous vous je ce cet cette ces dans en au aux pour avec après avant
quand si mais et ou donc puis ici
el los las una unos unas él ella ellos este esta estos en con para por después antes cuando pero y o
lo gli i uno egli essi questo questa nel nella con per dopo prima quando ma e
o os as um uma ele ela eles no na com depois mas
de het een hij zij wij ik deze dit op bij voor van na als maar en of
on ona oni my to ten ta w na po z gdy ale i
он она они мы вы я это этот эта в на по с к из и а но когда если как что где после до
bu o biz siz ben bir ve ama sonra önce
den det en ett han hon vi jag de dessa på av till efter när men och
`)

/** Words before an ordinal number in German, which is written with a stop: am 3. Mai, der 1. FC. */
export const beforeOrdinals = list(`
am im zum zur vom beim der die das den dem des ein eine einen einem einer eines jeder jede jedes jeden
jedem ab bis gegen seit nach vor unter sein seine seinen ihr ihre ihren unser unsere dieser diese diesem
`)

/** After a number with a stop it is a date: the months that are written with a capital. */
export const months = list(`
januar jänner februar märz april mai juni juli august september oktober november dezember
`)
