/** What can be asked for as a number. */
export type Quantity =
  | 'money'
  | 'length'
  | 'width'
  | 'height'
  | 'depth'
  | 'weight'
  | 'temperature'
  | 'speed'
  | 'area'
  | 'duration'

/**
 * How a language speaks of a quantity, in any of the ways in which it is asked for or given: "what does it
 * cost" is answered by a price. By language (ISO 639-1), separated by spaces.
 */
export const quantityWords: Readonly<
  Record<string, Readonly<Partial<Record<Quantity, string>>> | undefined>
> = {
  en: {
    money: 'cost price fee charge fare rent toll tariff pay spend amount expensive cheap',
    length: 'long length',
    width: 'wide width broad',
    height: 'high height tall',
    depth: 'deep depth',
    weight: 'heavy weight weigh mass',
    temperature: 'hot cold warm temperature',
    speed: 'fast speed quick',
    area: 'large big area size',
    duration: 'long duration length period',
  },
  de: {
    money: 'kosten kostet preis gebühr miete betrag tarif zahlen bezahlen teuer',
    length: 'lang länge',
    width: 'breit breite',
    height: 'hoch höhe groß',
    depth: 'tief tiefe',
    weight: 'schwer gewicht wiegt wiegen masse',
    temperature: 'heiß warm kalt temperatur',
    speed: 'schnell geschwindigkeit',
    area: 'groß fläche größe',
    duration: 'lang lange dauer dauert frist',
  },
  fr: {
    money: 'coûte coûter coût prix tarif frais loyer montant payer cher',
    length: 'long longue longueur',
    width: 'large largeur',
    height: 'haut haute hauteur',
    depth: 'profond profonde profondeur',
    weight: 'lourd lourde poids pèse peser masse',
    temperature: 'chaud froid température',
    speed: 'rapide vite vitesse',
    area: 'grand grande surface superficie',
    duration: 'dure durer durée délai temps',
  },
  es: {
    money: 'cuesta costar coste costo precio tarifa alquiler importe pagar caro',
    length: 'largo larga longitud',
    width: 'ancho ancha anchura',
    height: 'alto alta altura',
    depth: 'profundo profunda profundidad',
    weight: 'pesa pesar peso pesado masa',
    temperature: 'caliente frío temperatura',
    speed: 'rápido velocidad',
    area: 'grande superficie área',
    duration: 'dura durar duración plazo tiempo',
  },
  it: {
    money: 'costa costare costo prezzo tariffa canone importo pagare caro',
    length: 'lungo lunga lunghezza',
    width: 'largo larga larghezza',
    height: 'alto alta altezza',
    depth: 'profondo profonda profondità',
    weight: 'pesa pesare peso pesante massa',
    temperature: 'caldo freddo temperatura',
    speed: 'veloce velocità',
    area: 'grande superficie area',
    duration: 'dura durare durata termine tempo',
  },
  pt: {
    money: 'custa custar custo preço tarifa aluguel valor pagar caro',
    length: 'comprido comprimento longo',
    width: 'largo largura',
    height: 'alto alta altura',
    depth: 'fundo profundo profundidade',
    weight: 'pesa pesar peso pesado massa',
    temperature: 'quente frio temperatura',
    speed: 'rápido velocidade',
    area: 'grande área superfície',
    duration: 'dura durar duração prazo tempo',
  },
  nl: {
    money: 'kost kosten prijs tarief huur bedrag betalen duur',
    length: 'lang lengte',
    width: 'breed breedte',
    height: 'hoog hoogte',
    depth: 'diep diepte',
    weight: 'zwaar gewicht weegt wegen massa',
    temperature: 'heet warm koud temperatuur',
    speed: 'snel snelheid',
    area: 'groot oppervlakte grootte',
    duration: 'lang duur duurt termijn',
  },
  sv: {
    money: 'kostar kosta kostnad pris avgift hyra belopp betala dyr',
    length: 'lång långt längd',
    width: 'bred bredd',
    height: 'hög högt höjd',
    depth: 'djup djupt',
    weight: 'tung väger vikt massa',
    temperature: 'varm kall temperatur',
    speed: 'snabb fort hastighet',
    area: 'stor area yta',
    duration: 'länge tid varar tar',
  },
  da: {
    money: 'koster koste pris gebyr leje beløb betale dyr',
    length: 'lang længde',
    width: 'bred bredde',
    height: 'høj højde',
    depth: 'dyb dybde',
    weight: 'tung vejer vægt masse',
    temperature: 'varm kold temperatur',
    speed: 'hurtig hastighed',
    area: 'stor areal',
    duration: 'længe varighed varer tid',
  },
  no: {
    money: 'koster koste pris gebyr avgift leie beløp betale dyr',
    length: 'lang lengde',
    width: 'bred bredde',
    height: 'høy høyde',
    depth: 'dyp dybde',
    weight: 'tung veier vekt masse',
    temperature: 'varm kald temperatur',
    speed: 'rask fort hastighet fart',
    area: 'stor areal',
    duration: 'lenge varighet varer tid',
  },
  pl: {
    money: 'kosztuje kosztować koszt cena opłata czynsz kwota płacić',
    length: 'długi długa długość',
    width: 'szeroki szeroka szerokość',
    height: 'wysoki wysoka wysokość',
    depth: 'głęboki głęboka głębokość',
    weight: 'ciężki waży ważyć waga masa',
    temperature: 'gorący zimny temperatura',
    speed: 'szybki szybko prędkość',
    area: 'duży duża powierzchnia',
    duration: 'długo trwa trwać termin okres czas',
  },
  ro: {
    money: 'costă cost preț tarif taxă chirie sumă plăti scump',
    length: 'lung lungă lungime',
    width: 'lat lată lățime',
    height: 'înalt înaltă înălțime',
    depth: 'adânc adâncime',
    weight: 'greu grea cântărește greutate masă',
    temperature: 'cald rece temperatură',
    speed: 'rapid repede viteză',
    area: 'mare suprafață',
    duration: 'durează dura durată termen timp',
  },
  tr: {
    money: 'tutar fiyat fiyatı ücret ücreti bedel kira ödemek',
    length: 'uzun uzunluk uzunluğu',
    width: 'geniş genişlik genişliği',
    height: 'yüksek yükseklik yüksekliği',
    depth: 'derin derinlik derinliği',
    weight: 'ağır ağırlık ağırlığı kütle',
    temperature: 'sıcak soğuk sıcaklık sıcaklığı',
    speed: 'hızlı hız hızı',
    area: 'büyük alan alanı',
    duration: 'sürer süre süresi',
  },
  ru: {
    money: 'стоит стоить стоимость цена плата тариф аренда сумма платить',
    length: 'длинный длина',
    width: 'широкий ширина',
    height: 'высокий высота',
    depth: 'глубокий глубина',
    weight: 'тяжёлый весит весить вес масса',
    temperature: 'горячий холодный температура',
    speed: 'быстрый скорость',
    area: 'большой площадь',
    duration: 'длится длиться длительность срок время',
  },
}

const number = String.raw`\p{N}[\p{N}.,'’ \u00a0]*`
const before = (units: string): RegExp => new RegExp(`${number}(?:${units})(?!\\p{L})`, 'u')
const lengths = before(
  '[mcdk]?m|м|км|met(?:re|er)s?|mètres?|metros?|metri|metrów|metre|метр\\p{L}*|feet|ft|inch(?:es)?|miles?|[Kk]ilomet\\p{L}*',
)

/**
 * How an amount of a quantity is written: a number with one of its units, in whatever language. Money is also
 * written with two decimals and nothing else.
 */
export const unitsOf: Readonly<Record<Quantity, RegExp>> = {
  money: new RegExp(
    `(?:\\p{Sc}|EUR|USD|GBP|CHF)\\s?\\p{N}|${number}(?:\\p{Sc}|(?:EUR|USD|GBP|CHF|NOK|SEK|DKK|[Ee]uros?|[Dd]ollars?|pounds?|francs?|kron(?:er|or)|kr|zł\\p{L}*|lei|lira|TL|руб\\p{L}*)(?!\\p{L}))|(?<![\\p{N}.,:])(?:\\p{N}{1,3}(?:[., ]\\p{N}{3})+|\\p{N}+)[.,]\\p{N}{2}(?![\\p{N}.,:]|\\s?%)`,
    'u',
  ),
  length: lengths,
  width: lengths,
  height: lengths,
  depth: lengths,
  weight: before('[km]?g|t|к?г|кг|lbs?|pounds?|ton(?:ne)?s?|Tonnen|tonnes|ton|kilo\\p{L}*'),
  temperature: before('° ?[CF]?|degrees?|Grad|degrés?|grad\\p{L}*|stopni|derece'),
  speed: before('km/h|mph|m/s|knots?|kn|км/ч'),
  area: before('[mk]*m[²2]|ha|hectares?|Hektar|acres?|square \\p{L}+|м²|км²'),
  duration: before(
    '(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|Sekunden?|Minuten?|Stunden?|Tage?n?|Wochen?|Monate?n?|Jahre?n?|secondes?|heures?|jours?|semaines?|mois|ans?|segundos?|minut\\p{L}*|horas?|d[ií]as?|semanas?|meses|años?|anos?|ore|giorni|settimane|mesi|anni|uur|dagen|weken|maanden|jaar|timmar|dagar|veckor|månader|år|timer|dage[rn]?|uger|uker|godzin\\p{L}*|dni|tygodni\\p{L}*|miesi\\p{L}*|lat|zile|săptămâni|luni|ani|saat|gün|hafta|ay|yıl|час\\p{L}*|дн\\p{L}*|недел\\p{L}*|месяц\\p{L}*|лет|год\\p{L}*)',
  ),
}
