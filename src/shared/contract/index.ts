import { chat } from './chat.ts'
import { documents } from './documents.ts'
import { models } from './models.ts'
import { settings } from './settings.ts'

/** Everything that a window can ask of the application core. The index of the whole app. */
export const appContract = { documents, chat, models, settings }
export type AppContract = typeof appContract
