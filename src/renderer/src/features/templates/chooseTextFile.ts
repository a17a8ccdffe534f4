import { chooseFile } from '../../ui/chooseFile.ts'

/**
 * Opens the system's file dialog for one file and reads it as text.
 * @param accept as the attribute of a file field: extensions and media types
 * @returns null if nothing was chosen
 */
export async function chooseTextFile(
  accept: string,
): Promise<{ readonly name: string; readonly text: string } | null> {
  const file = await chooseFile(accept)
  return file === null ? null : { name: file.name, text: await file.text() }
}
