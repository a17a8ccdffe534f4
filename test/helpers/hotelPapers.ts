/** A file to be imported into a library. */
export interface Paper {
  readonly name: string
  readonly text: string
  /** Name of its collection. */
  readonly collection: string | null
}

/** The sentences that tests quote. */
export const allowance = 'Full-time staff have 25 days of annual leave from the first year on.'
export const carried =
  'Up to five days of unused leave may be carried into the next year and must be taken before 31 March.'
export const roof =
  'The repair of the roof was put off until the autumn because the second quotation had not arrived.'
export const pump =
  'E4 means that the rotor is blocked: switch the pump off, let it cool for ten minutes and clean the inlet filter.'

/** A small hotel's papers, invented for tests and scenes. */
export const hotelPapers: readonly Paper[] = [
  {
    name: 'leave-policy.md',
    collection: 'HR handbook',
    text: `# Leave policy

This policy holds for everyone who works at the Harbour House Hotel, full-time or part-time, from the first day on.

## 3 Annual leave

### 3.1 How much

${allowance} Part-time staff have as much in proportion to their hours.

### 3.2 Carrying leave over

Annual leave is meant to be taken in the year in which it is earned, so that everyone rests.

${carried} Days that are left after that date lapse without compensation.

Where long illness or parental leave made it impossible to take leave, the whole balance is carried over and may be taken within eighteen months.

### 3.3 Buying further days

From the second year on, up to three days can be bought each year; the request is made in November.
`,
  },
  {
    name: 'house-rules.md',
    collection: 'HR handbook',
    text: `# House rules

## 2 Visitors

Visitors are announced at the front desk and are accompanied through the building by whoever invited them.

## 7 Kitchen

Nothing that sheds or spills may be kept in the kitchen; the fridge is emptied every other Friday.
`,
  },
  {
    name: 'first-week.txt',
    collection: 'HR handbook',
    text: 'Bring what makes the desk yours: a plant, a lamp, pictures. The building stays open until nine.\n',
  },
  {
    name: 'board-minutes-2023-04.md',
    collection: 'Minutes',
    text: `# Board meeting, 12 April 2023

Present: the four members of the board and the manager.

${roof} The board asks for it by June.
`,
  },
  {
    name: 'pump-x200-manual.html',
    collection: 'Manuals',
    text: `<h1>X200 circulation pump</h1>
<h2>Error codes</h2>
<p>E2 means that the pump runs dry. ${pump}</p>
`,
  },
]
