/** A text with questions that one of its sentences answers, to see how well a model chooses. */
export interface ChoiceText {
  readonly title: string
  readonly text: string
  readonly questions: readonly ChoiceQuestion[]
}

export interface ChoiceQuestion {
  readonly question: string
  /** Words of the text that answer it. A sentence is right if it contains them. */
  readonly answer: string
}

/**
 * Each text has sentences that share more words with a question than the right one does, as real texts
 * have: a search by words alone is right on about two in three.
 */
export const choiceTexts: readonly ChoiceText[] = [
  {
    title: 'The ferry',
    text: 'The ferry to Hale Island was built in 1964. It carries cars and people across the sound. The first ferry to the island was a rowing boat. The crossing takes twenty minutes in calm weather. In a storm the ferry does not leave, and people sleep in the waiting room. Captain Rosa Lindqvist has steered it since 2009. Her father steered it before her. Tickets are sold on board by the mate.',
    questions: [
      { question: 'How long does the crossing take in calm weather?', answer: 'twenty minutes' },
      { question: 'Who has steered the ferry since 2009?', answer: 'Rosa Lindqvist' },
      { question: 'Where are tickets sold, and by whom?', answer: 'on board' },
      { question: 'What did people use to get to the island at first?', answer: 'rowing boat' },
    ],
  },
  {
    title: 'The orchard',
    text: 'Our orchard has four hundred apple trees. Most apple trees are older than the farmhouse. The apples are picked in the last week of September. Two neighbours help to pick them, and are paid in juice. The press in the barn makes nine litres of juice a minute. Juice that is not sold by spring becomes vinegar. In 2018 hail destroyed half of the apples. Since then nets are hung over the trees in June.',
    questions: [
      { question: 'How are the neighbours paid who help in the orchard?', answer: 'in juice' },
      { question: 'What happens to juice that nobody buys?', answer: 'becomes vinegar' },
      { question: 'When are the apples picked?', answer: 'September' },
      { question: 'How are the apple trees protected against hail?', answer: 'nets' },
    ],
  },
  {
    title: 'House rules',
    text: 'The laundry room is open to all tenants. The laundry room must not be used on Sundays. A key to the laundry room is kept by the caretaker. The caretaker, Mr Osei, lives on the ground floor. Bicycles belong in the cellar and not in the stairwell. Music may be played until ten in the evening. Whoever loses a key pays for a new lock. Rent is due on the third day of each month.',
    questions: [
      { question: 'On which day may tenants not wash?', answer: 'Sundays' },
      { question: 'Where does the caretaker of the house live?', answer: 'ground floor' },
      { question: 'Until when is music allowed in the house?', answer: 'ten in the evening' },
      { question: 'What does a tenant pay for a key that is lost?', answer: 'a new lock' },
    ],
  },
  {
    title: 'Bread with seeds',
    text: 'This bread needs a night and a morning. Mix the flour and the seeds with the water in the evening. The dough rests in the refrigerator for twelve hours. In the morning heat the oven to 240 degrees. Bake the bread for fifteen minutes with a lid. Then take the lid off and bake it for half an hour at 200 degrees. The bread is done when it sounds hollow. It stays fresh for five days in a linen bag.',
    questions: [
      { question: 'How long must the dough rest?', answer: 'twelve hours' },
      { question: 'How hot must the oven be without the lid?', answer: '200 degrees' },
      { question: 'How does one notice that the bread is done?', answer: 'hollow' },
      { question: 'How many days does the bread stay fresh?', answer: 'five days' },
    ],
  },
  {
    title: 'Minutes of the choir',
    text: 'The choir met on Tuesday with nineteen singers. The treasurer of the choir reported a surplus of 310 crowns. The choir will spend it on new scores. The concert in May will be held in the old mill. The church was proposed for the concert too, but its organ is being repaired. Ivo Tamm was elected chairman with two votes against. The former chairman moves to Tartu in the summer. The next meeting is on the ninth of April.',
    questions: [
      { question: 'Why is the concert not held in the church?', answer: 'being repaired' },
      { question: 'Who was elected chairman?', answer: 'Ivo Tamm' },
      { question: 'How much money did the choir have left?', answer: '310 crowns' },
      { question: 'For what will the choir use its surplus?', answer: 'new scores' },
    ],
  },
  {
    title: 'The observatory',
    text: 'The observatory is on a hill north of the town. Its telescope has a mirror of 60 centimetres. The mirror was ground by pupils of the town’s school. Visitors may look through the telescope on clear Fridays. Children under six are not admitted at night. The telescope found its first comet in 1987. The comet was named after the school. A second telescope records the sun in the daytime.',
    questions: [
      { question: 'Who made the mirror of the telescope?', answer: 'pupils' },
      { question: 'When can visitors use the telescope?', answer: 'clear Fridays' },
      { question: 'What was the comet called after?', answer: 'named after the school' },
      {
        question: 'What is the other telescope of the observatory for?',
        answer: 'records the sun',
      },
    ],
  },
  {
    title: 'Warranty of the pump',
    text: 'The pump has a warranty of three years. The warranty does not cover damage by frost. Send a broken pump to the dealer with its receipt. The dealer repairs the pump within ten days or replaces it. A new filter is needed after 800 hours. The filter is behind the lid with the blue handle. Never run the pump without water. The red lamp lights up when the motor is too hot.',
    questions: [
      { question: 'What does the warranty of the pump exclude?', answer: 'frost' },
      { question: 'After how long must the filter of the pump be changed?', answer: '800 hours' },
      { question: 'What does it mean when the pump shows a red light?', answer: 'too hot' },
      { question: 'Within how many days does the dealer repair a pump?', answer: 'ten days' },
    ],
  },
  {
    title: 'The library bus',
    text: 'The library bus visits eleven villages. It stops in each village every second Wednesday. The driver, Petra Hoss, is a trained librarian. Books may be kept for four weeks. The bus carries three thousand books and a small stove. The stove was given by readers in the village of Arn. A book that is not on the bus can be ordered by telephone. The county pays for the bus and the driver.',
    questions: [
      { question: 'By whom was the stove given?', answer: 'readers in the village of Arn' },
      { question: 'How long can readers keep a book of the library bus?', answer: 'four weeks' },
      { question: 'Who finances the library bus?', answer: 'The county' },
      { question: 'How often is the bus in a village?', answer: 'every second Wednesday' },
    ],
  },
]
