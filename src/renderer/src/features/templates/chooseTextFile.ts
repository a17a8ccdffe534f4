import { chooseFile } from '../../ui/chooseFile.ts'

/**
 * Opens the system's file dialog for one file and reads it as text, in UTF-8 or, if it says so, UTF-16.
 * @param accept as the attribute of a file field: extensions and media types
 * @returns null if nothing was chosen
 */
export async function chooseTextFile(
  accept: string,
): Promise<{ readonly name: string; readonly text: string } | null> {
  const file = await chooseFile(accept)
  return file === null ? null : { name: file.name, text: decoded(await file.arrayBuffer()) }
}

/** Windows PowerShell 5 writes UTF-16 with a byte order mark. */
function decoded(bytes: ArrayBuffer): string {
  const [a, b] = new Uint8Array(bytes)
  const encoding =
    a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
