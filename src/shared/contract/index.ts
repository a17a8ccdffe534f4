import { chat } from './chat.ts'
import { data } from './data.ts'
import { documents } from './documents.ts'
import { models } from './models.ts'
import { settings } from './settings.ts'
import { templates } from './templates.ts'
import { testRuns } from './testRuns.ts'

/** Everything that a window can ask of the application core. The index of the whole app. */
export const appContract = { documents, chat, templates, testRuns, models, settings, data }
export type AppContract = typeof appContract
