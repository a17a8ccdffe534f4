export function findElectron(directory?: string): string | null
export function missingDesktop(
  platform?: NodeJS.Platform,
  env?: Readonly<Record<string, string | undefined>>,
): string | null
export function downloadElectron(options?: {
  directory?: string
  installer?: string
  stallMs?: number
}): Promise<{ binary: string; reason?: undefined } | { binary?: undefined; reason: string }>
