/** How a language asks, as patterns in lower case. */
export interface QuestionWords {
  readonly number: string
  readonly time: string
  /** A person or a place. */
  readonly name: string
  /** Whether a capital letter shows a name: not where all nouns have one, or no letter. */
  readonly hasCapitalNames: boolean
  /** Whether words are separated. */
  readonly isSpaced: boolean
}

const latin = (number: string, time: string, name: string): QuestionWords => ({
  number,
  time,
  name,
  hasCapitalNames: true,
  isSpaced: true,
})

/** By language (ISO 639-1); English has its own, finer cues. */
export const questionWords: Readonly<Record<string, QuestionWords>> = {
  de: {
    ...latin(
      'wie ?viele?n?|wie (?:lang|lange|alt|weit|oft|hoch|groß|schnell|tief|breit)|welcher anteil|welche zahl',
      'wann|in welchem (?:jahr|monat|jahrhundert)|an welchem tag|seit wann',
      'wer|wem|wen|wessen|wo|woher|wohin',
    ),
    hasCapitalNames: false,
  },
  fr: latin(
    'combien|quelle? (?:âge|taille|pourcentage|nombre|part)',
    'quand|quelle (?:année|date)|quel (?:jour|mois|siècle)',
    'qui|où|quelle? (?:ville|pays|personne|entreprise)',
  ),
  es: latin(
    'cuánt[oa]s?|qué (?:porcentaje|número|edad)',
    'cuándo|qué (?:año|fecha|día|mes|siglo)',
    'quién(?:es)?|dónde|qué (?:ciudad|país|persona|empresa)',
  ),
  it: latin(
    'quant[oaie]|(?:che|quale) (?:percentuale|numero|età)',
    'quando|(?:che|quale) (?:anno|data|giorno|mese|secolo)',
    'chi|dov(?:e|era|è)|quale (?:città|paese|persona|azienda)',
  ),
  pt: latin(
    'quant[oa]s?|qual (?:a percentagem|o número|a idade)',
    'quando|(?:que|qual) (?:ano|data|dia|mês|século)',
    'quem|onde|(?:que|qual) (?:cidade|país|pessoa|empresa)',
  ),
  nl: latin(
    'hoe ?veel|hoe (?:lang|oud|ver|vaak|hoog|groot|snel)|welk (?:percentage|aantal)',
    'wanneer|(?:in )?welk jaar|welke (?:dag|datum|maand|eeuw)',
    'wie|waar|welke? (?:stad|land|persoon|bedrijf)',
  ),
  sv: latin(
    'hur (?:många|mycket|länge|gammal|gammalt|ofta|hög|högt|stor|stort|långt)',
    'när|vilket (?:år|datum|århundrade)|vilken (?:dag|månad)',
    'vem|vilka|var|vilken (?:stad|person)|vilket (?:land|företag)',
  ),
  da: latin(
    'hvor (?:mange|meget|længe|gammel|ofte|høj|stor|langt)',
    'hvornår|hvilket (?:år|århundrede)|hvilken (?:dag|måned|dato)',
    'hvem|hvor|hvilken (?:by|person)|hvilket land',
  ),
  no: latin(
    'hvor (?:mange|mye|lenge|gammel|ofte|høy|stor|langt)',
    'når|hvilket (?:år|århundre)|hvilken (?:dag|måned|dato)',
    'hvem|hvor|hvilken (?:by|person)|hvilket land',
  ),
  pl: latin(
    'ile|ilu|jak (?:długo|często|daleko|wysoki|duży)|jaki (?:procent|odsetek)',
    'kiedy|którym roku|którego dnia|którym wieku',
    'kto|kogo|komu|gdzie|skąd|dokąd',
  ),
  cs: latin(
    'kolik|jak (?:dlouho|často|daleko|starý|vysoký|velký)',
    'kdy|kterém roce|který den|kterém století',
    'kdo|koho|komu|kde|odkud|kam',
  ),
  ro: latin(
    'cât|câtă|câți|câte|ce (?:procent|număr|vârstă)',
    'când|(?:ce|care) (?:an|dată|lună|zi|secol)',
    'cine|cui|unde|(?:ce|care) (?:oraș|țară|persoană|companie)',
  ),
  tr: latin(
    'kaç|ne kadar|yüzde kaçı|kaçı',
    'ne zaman|hangi (?:yıl|yılda|tarihte|ay|ayda|gün|yüzyılda)',
    'kim|kimi|kime|kimin|kimdir|nerede|nereye|nereden|neresi|hangi (?:şehir|ülke|kişi|şirket)',
  ),
  fi: latin(
    'kuinka (?:monta|paljon|pitkä|vanha|usein)|montako',
    'milloin|minä vuonna|minä päivänä',
    'kuka|kenen|ketkä|missä|mistä|mihin',
  ),
  hu: latin(
    'hány|mennyi|milyen (?:hosszú|magas|nagy)',
    'mikor|melyik (?:évben|napon)',
    'ki|kik|hol|honnan|hová',
  ),
  ru: latin(
    'сколько|какой (?:процент|возраст)|какое (?:число|количество)|какая доля',
    'когда|каком (?:году|веке|месяце)|какого числа|какой (?:день|год)',
    'кто|кого|кому|кем|где|куда|откуда|како[йм] (?:город|стран[ае]|человек)',
  ),
  uk: latin('скільки', 'коли|якому (?:році|столітті)', 'хто|кого|кому|де|куди|звідки'),
  bg: latin('колко', 'кога|коя година', 'кой|кого|къде|откъде'),
  el: latin('πόσ(?:ο|α|οι|ες|η)', 'πότε|ποιο έτος|ποια χρονιά', 'ποι(?:ος|α|οι)|πού'),
  ar: {
    ...latin('كم|ما (?:عدد|نسبة)', 'متى|أي (?:عام|سنة|شهر|قرن|تاريخ)', 'من|أين'),
    hasCapitalNames: false,
  },
  he: { ...latin('כמה', 'מתי|באיזו שנה', 'מי|איפה|היכן'), hasCapitalNames: false },
  zh: {
    ...latin(
      '多少|几|幾|多大|多高|多长|百分之',
      '什么时候|何时|哪一?年|哪天|什麼時候',
      '谁|誰|哪里|哪裡|何地',
    ),
    hasCapitalNames: false,
    isSpaced: false,
  },
  ja: {
    ...latin('いくつ|何人|どのくらい|いくら|何回', 'いつ|何年|何月', '誰|どこ'),
    hasCapitalNames: false,
    isSpaced: false,
  },
  ko: {
    ...latin('몇|얼마', '언제|몇 년', '누구|누가|어디'),
    hasCapitalNames: false,
    isSpaced: false,
  },
}
