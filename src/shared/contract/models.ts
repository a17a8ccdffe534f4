import { z } from 'zod'
import { choiceMeasured } from '../domain/choiceMeasured.ts'
import { answerMode } from '../domain/conversation.ts'
import {
  foundModel,
  installedModel,
  machineFacts,
  modelFacts,
  modelFit,
  modelSpeed,
} from '../domain/languageModel.ts'
import { catalogueEntry } from '../domain/modelCatalogue.ts'
import { errorCodes } from '../errors.ts'
import { event, procedure, stream } from '../rpc/contract.ts'

const byId = z.object({ id: z.string() })
const error = z.object({ code: z.enum(errorCodes), message: z.string() })

/** What answers now. */
export const modelState = z
  .object({
    /** `idle`: its memory has been released; the next question loads it again. */
    status: z.enum(['none', 'idle', 'loading', 'measuring', 'ready', 'failed']),
    /** Path of the file; null when no model is used. */
    file: z.string().nullable(),
    name: z.string(),
    /** The bundled model, which quotes and does not reason. */
    demo: z.boolean(),
    /** 0 to 1 while loading. */
    fraction: z.number().nullable(),
    /** After a crash also while it is loaded again, and when it runs with less than was wanted. */
    error: error.nullable(),
    contextSize: z.number().int().nullable(),
    threads: z.number().int().nullable(),
    /** How it answers unless the conversation says otherwise. */
    answering: answerMode,
  })
  .readonly()
export type ModelState = z.infer<typeof modelState>

/** An entry of the catalogue as it looks from this machine. */
export const availableModel = catalogueEntry
  .unwrap()
  .extend({
    /** Name of the host that would be asked, with the mirror of the settings. */
    host: z.string(),
    /** Of all files together; null where one is not known. */
    sizeBytes: z.number().int().nullable(),
    /** The same, where it is not known worked out from the number of weights and their format. */
    aboutBytes: z.number().int().nullable(),
    fits: modelFit.nullable(),
    speed: modelSpeed.nullable(),
    installed: z.boolean(),
  })
  .readonly()
export type AvailableModel = z.infer<typeof availableModel>

const downloadStatus = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('downloading'),
    /** null as long as nothing can be said. */
    bytesPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  }),
  /** The line broke; it is tried again by itself. */
  z.object({ status: z.literal('reconnecting'), reason: z.string() }),
  z.object({ status: z.literal('paused') }),
  /** Compares what arrived with the publisher's hash. */
  z.object({ status: z.literal('verifying'), fraction: z.number() }),
  /** `model`: the id under which it is installed. */
  z.object({ status: z.literal('done'), model: z.string() }),
  /** What arrived is kept where trying again can use it. */
  z.object({ status: z.literal('failed'), error }),
])

/** A download that was started and not yet put away. */
export const download = z
  .object({
    id: z.string(),
    name: z.string(),
    host: z.string(),
    doneBytes: z.number().int(),
    /** null until the host has reported it. */
    totalBytes: z.number().int().nullable(),
    state: downloadStatus,
  })
  .readonly()
export type Download = z.infer<typeof download>

/** The progress of measuring a model's speed; the last item is `done`. */
export const calibrateItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('loading'), fraction: z.number() }),
  z.object({ type: z.literal('measuring'), fraction: z.number() }),
  /** It answers questions whose answers are known. */
  z.object({ type: z.literal('choosing'), fraction: z.number() }),
  z.object({
    type: z.literal('done'),
    /** Threads for reading and for writing. */
    threads: z.object({ prefill: z.number().int(), generation: z.number().int() }),
    /** Tokens per second with each number of threads. */
    measured: z
      .array(z.object({ threads: z.number().int(), prefill: z.number(), generation: z.number() }))
      .readonly(),
    /** How well it chooses a quote among the sentences that the search found. */
    choice: choiceMeasured,
  }),
])
export type CalibrateItem = z.infer<typeof calibrateItem>

const embedderName = z.object({ id: z.string(), name: z.string() })

/** A new index that is being built in the background, for another embedder. */
const rebuild = z
  .object({
    embedder: embedderName,
    state: z.discriminatedUnion('status', [
      z.object({
        status: z.literal('building'),
        /** Documents re-indexed so far, of `total`. */
        done: z.number().int(),
        total: z.number().int(),
        /** Passages in the new index. */
        passages: z.number().int(),
        /** null as long as nothing can be said. */
        secondsLeft: z.number().nullable(),
      }),
      z.object({
        status: z.literal('paused'),
        done: z.number().int(),
        total: z.number().int(),
      }),
      /** What was done is kept: `resumeRebuild` tries again, `cancelRebuild` throws it away. */
      z.object({ status: z.literal('failed'), error }),
    ]),
  })
  .readonly()

/** The index that searches use, and the one that will replace it. */
export const indexState = z
  .object({
    /** `id` as among the installed models. */
    embedder: embedderName.extend({ dimensions: z.number().int() }),
    passages: z.number().int(),
    /** On the disk. */
    sizeBytes: z.number().int(),
    rebuild: rebuild.nullable(),
  })
  .readonly()
export type IndexState = z.infer<typeof indexState>
export type RebuildState = z.infer<typeof rebuild>

export const models = {
  state: procedure({ output: modelState }),
  stateChanged: event(modelState),
  /**
   * Chooses what answers: a GGUF file (null: the bundled demo model) or an installed model. Checks
   * that it loads and remembers it.
   */
  use: procedure({
    input: z.union([z.object({ file: z.string().nullable() }), byId]),
    output: modelState,
  }),
  /** Releases the memory of the model; the next question loads it again. */
  unload: procedure({}),

  list: procedure({ output: z.array(installedModel).readonly() }),
  listChanged: event(z.array(installedModel).readonly()),
  machine: procedure({ output: machineFacts }),
  /** Reads the header of a file, whether it is installed or not. */
  inspect: procedure({ input: z.object({ file: z.string() }), output: modelFacts }),
  /** Adds a file without copying or moving it. */
  add: procedure({ input: z.object({ file: z.string() }), output: installedModel }),
  /** Takes a model off the list. What was downloaded is deleted, other files stay where they are. */
  remove: procedure({ input: byId }),
  /** Looks for GGUF files where other programs keep theirs, and in `folder`. */
  scan: procedure({
    input: z.object({ folder: z.string().nullable() }),
    output: z.array(foundModel).readonly(),
  }),

  catalogue: procedure({ output: z.array(availableModel).readonly() }),
  downloads: procedure({ output: z.array(download).readonly() }),
  downloadsChanged: event(z.array(download).readonly()),
  /** Starts downloading an entry of the catalogue or, from any address, a GGUF file. */
  startDownload: procedure({
    input: z.union([byId, z.object({ url: z.url() })]),
    output: download,
  }),
  pauseDownload: procedure({ input: byId }),
  /** Goes on after a pause or a failure. */
  resumeDownload: procedure({ input: byId }),
  /** Ends a download and deletes what arrived; one that is done is only put away. */
  cancelDownload: procedure({ input: byId }),

  /** Measures an installed model (null: the one in use) and remembers the result. */
  calibrate: stream({
    input: z.object({ id: z.string().nullable() }),
    item: calibrateItem,
  }),

  index: procedure({ output: indexState }),
  indexChanged: event(indexState),
  /**
   * Chooses an installed embedder: a new index is made in the background, and until it is whole the
   * old one answers. The embedder in use ends a rebuild.
   */
  useEmbedder: procedure({ input: byId, output: indexState }),
  /** What is indexed so far is kept, also over a restart. */
  pauseRebuild: procedure({}),
  /** Goes on after a pause or a failure. */
  resumeRebuild: procedure({}),
  /** Ends a rebuild and deletes what it made. */
  cancelRebuild: procedure({}),
}
