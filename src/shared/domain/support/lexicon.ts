import { terms } from '../language/terms.ts'

const list = (words: string): readonly string[] => words.trim().split(/\s+/u)

/** One end of a pair of opposites: `more` and `less` are two poles of one axis. */
export interface Pole {
  readonly axis: string
  readonly first: boolean
}

/** Pairs of opposites, in the forms that texts use. A word is in one list only. */
const opposites: readonly (readonly [axis: string, first: string, second: string])[] = [
  [
    'amount',
    'more over above exceed exceeds exceeding greater higher longer larger heavier upper',
    'less fewer under below lower shorter smaller lighter beneath',
  ],
  ['limit', 'atmost maximum max', 'atleast minimum min'],
  ['time', 'before prior until ahead', 'after afterwards following'],
  ['age', 'older oldest', 'younger newer youngest newest'],
  ['speed', 'faster quicker fast quickly', 'slower slow slowly'],
  ['strength', 'stronger strongest', 'weaker weakest'],
  ['quality', 'better best', 'worse worst'],
  ['hour', 'early earlier', 'late later'],
  ['side', 'left', 'right'],
  ['level', 'high', 'low'],
  ['heat', 'warm hot warmer', 'cold cool colder cooler'],
  ['sex', 'male males men', 'female females women'],
  ['door', 'open opens opened', 'close closes closed shut'],
  [
    'trend',
    'rise rises rose risen raise raises raised increase increases increased up grew grown',
    'fall falls fell fallen drop drops dropped decrease decreases decreased down reduce reduced',
  ],
  ['course', 'start starts started begin begins began begun beginning', 'end ends ended ending'],
  ['vote', 'favour', 'against'],
  ['work', 'employer employers', 'employee employees'],
  ['inside', 'inside indoors', 'outside outdoors'],
  ['inclusion', 'include includes included including', 'exclude excludes excluded excluding'],
  ['success', 'pass passes passed succeed succeeded', 'fail fails failed'],
  ['order', 'first', 'last'],
  ['trade', 'import imports imported', 'export exports exported'],
  ['consent', 'accept accepts accepted approve approves approved', 'reject rejects rejected'],
]

export const poles: ReadonlyMap<string, Pole> = new Map(
  opposites.flatMap(([axis, first, second]): (readonly [string, Pole])[] => [
    ...list(first).map((word) => [word, { axis, first: true }] as const),
    ...list(second).map((word) => [word, { axis, first: false }] as const),
  ]),
)

export const negations: ReadonlySet<string> = new Set(
  list(`not no never none nobody nothing neither nor without cannot nicht kein keine keinen keinem
    keiner keines nie niemals ohne pas jamais sans aucun aucune nunca sin ningún ninguna non`),
)

/** Words that widen or narrow a claim, by their sense: it needs the same in the source. */
export const universals: ReadonlyMap<string, string> = new Map([
  ...list('all always every everybody everyone everything any anybody anyone everywhere').map(
    (word) => [word, 'all'] as const,
  ),
  ...list('only just solely exclusively').map((word) => [word, 'only'] as const),
])

export const conditionWords: ReadonlySet<string> = new Set(
  list('if unless except provided providing wenn sofern salvo'),
)

/** After one of these, or with one before it, "and" joins clauses and not things. */
export const auxiliaries: ReadonlySet<string> = new Set(
  list(`be been being is are was were am has have had do does did must may might can could will would
    shall should to isn aren wasn weren don doesn didn won hasn haven needs need`),
)

/** Verbs and nouns that a summary puts for nearly any other: no evidence either way. */
export const lightWords: ReadonlySet<string> = new Set(
  list(`cost costs costing pay pays paid amount amounts take takes taken taking use uses used make makes
    made need needs needed require requires required contain contains contained consist consists
    receive receives received apply applies applied provide provides come comes means mean show shows
    shown possible able according document documents text source sources state states stated mention
    mentions mentioned say says said following case also still remain remains stay stays keep keeps
    kept go goes put puts set lasts lasted been one ones year's there total altogether`),
)

const monthNames: readonly string[] = [
  'january jan januar janvier',
  'february feb februar février',
  'march mar märz mars',
  'april apr avril',
  'may mai',
  'june jun juni juin',
  'july jul juli juillet',
  'august aug août',
  'september sep sept septembre',
  'october oct oktober octobre',
  'november nov novembre',
  'december dec dezember décembre',
]

const unitNames: readonly string[] = [
  's sec secs second seconds',
  'min mins minute minutes',
  'h hr hrs hour hours',
  'day days tag tage tagen jour jours',
  'night nights',
  'week weeks woche wochen semaine semaines',
  'month months monthly monat monate monaten mois',
  'quarter quarters quarterly',
  'year years yearly annual annually jahr jahre jahren',
  'euro euros eur €',
  'cent cents ct',
  'dollar dollars usd $',
  'pound pounds gbp £',
  'lb lbs',
  'franc francs chf',
  '% percent',
  '°c celsius',
  '°f fahrenheit',
  'mm millimetre millimetres millimeter millimeters',
  'cm centimetre centimetres centimeter centimeters',
  'm metre metres meter meters',
  'km kilometre kilometres kilometer kilometers',
  'mile miles',
  'foot feet ft',
  'inch inches',
  'm2 sqm',
  'm3 cbm',
  'mg milligram milligrams',
  'g gram grams gramme grammes',
  'kg kilogram kilograms kilo kilos',
  'tonne tonnes ton tons t',
  'ml millilitre millilitres milliliter milliliters',
  'l litre litres liter liters',
  'kb',
  'mb megabyte megabytes',
  'gb gigabyte gigabytes',
  'tb',
  'w watt watts',
  'kw kilowatt kilowatts',
  'kwh',
  'v volt volts',
  'nm',
  'pa',
  'kpa',
  'mpa',
  'bar',
  'mph',
  'hz',
  'khz',
  'mhz',
  'ghz',
]

/** The canonical name of each unit, and of each month. */
export const units: ReadonlyMap<string, string> = new Map(
  [...unitNames, ...monthNames].flatMap((names) => {
    const forms = names.split(' ')
    return forms.map((form) => [form, forms[0] ?? form] as const)
  }),
)

export const months: ReadonlySet<string> = new Set(
  monthNames.map((names) => names.split(' ')[0] ?? names),
)

/** Words of which a statement means one and no other. */
const exclusive: readonly string[] = [
  'monday tuesday wednesday thursday friday saturday sunday',
  'january february march april june july august september october november december',
  'spring summer autumn winter',
  'red green blue yellow orange black white grey brown pink purple',
  'north south east west',
  'third fourth fifth sixth seventh eighth ninth tenth',
]

/** As terms. */
export const exclusiveWords: ReadonlySet<string> = new Set(exclusive.flatMap((word) => terms(word)))

const numberList = (words: string, value: (index: number) => number) =>
  list(words).map((word, index) => [word, value(index)] as const)

/** Without "one", which mostly isn't a number. */
export const numberWords: ReadonlyMap<string, number> = new Map([
  ...numberList(
    `two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen`,
    (index) => index + 2,
  ),
  ...numberList(
    'twenty thirty forty fifty sixty seventy eighty ninety',
    (index) => index * 10 + 20,
  ),
])

/** A clause that begins with one of these may come first or last. */
export const movable: ReadonlySet<string> = new Set(
  list('in on at for from during within under when while because since per as if unless'),
)

/** Of what is to be or may be, and is no fact yet. */
export const planWords: ReadonlySet<string> = new Set(
  list('must shall should may might can could will would'),
)

/** Without a comma before them they say of which ones a sentence speaks: "patients who smoke". */
export const relatives: ReadonlySet<string> = new Set(list('who whom whose which'))

/** Of something named before: "Its largest tributary". */
export const possessives: ReadonlySet<string> = new Set(list('its his her their whose'))

export const subjectPronouns: ReadonlySet<string> = new Set(list('it he she they this these that'))

/** Phrases that say the same as one word or another phrase. In order. */
export const phrases: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:(?:at )?(?:no|without) (?:extra |any )?(?:charge|cost)|free of charge|costs? nothing)\b/giu,
    'free',
  ],
  [/\b(?:forbidden|prohibited|banned)\b/giu, 'not allowed'],
  [/\b(?:permitted|permissible)\b/giu, 'allowed'],
  [/\b(?:no|not) longer\b(?! than)/giu, 'not anymore'],
  [/\b(?:no|not) (?:more|longer|later|higher) than\b|\bup to\b|\bat (?:the )?most\b/giu, 'atmost'],
  [/\b(?:no|not) (?:less|fewer|shorter|earlier) than\b|\bat (?:the )?least\b/giu, 'atleast'],
  [/\bat once\b/giu, 'immediately'],
  [/\b(vot(?:e|es|ed|ing)) (?:for|in favour of)\b/giu, '$1 favour'],
  [/\bsquare met(?:re|er)s?\b/giu, 'm2'],
  [/\bcubic met(?:re|er)s?\b/giu, 'm3'],
  [/\bdegrees? (?=celsius|fahrenheit)/giu, ''],
  [/\bper cent\b/giu, '%'],
  [/n['’]t\b/giu, ' not'],
  [/['’](?:s|re|ve|ll|d|m)\b/giu, ''],
]
