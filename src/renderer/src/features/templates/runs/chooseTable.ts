import { tableExtensions } from '../../../../../shared/domain/formats.ts'
import { chooseFile } from '../../../ui/chooseFile.ts'

/** A file as bytes, since the core detects encodings. */
export interface ChosenTable {
  readonly name: string
  readonly base64: string
}

const accepted = tableExtensions.map((extension) => `.${extension}`).join(',')

/**
 * Opens the system's file dialog for a table.
 *
 * @returns null if nothing was chosen
 */
export async function chooseTable(): Promise<ChosenTable | null> {
  const file = await chooseFile(accepted)
  return file === null ? null : tableOf(file)
}

export async function tableOf(file: File): Promise<ChosenTable> {
  return { name: file.name, base64: toBase64(new Uint8Array(await file.arrayBuffer())) }
}

/** Bytes per step: the number of arguments that `String.fromCharCode` can take in all engines. */
const step = 0x8000

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step))
  }
  return btoa(binary)
}
