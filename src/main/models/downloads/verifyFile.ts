import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'

const blockBytes = 1024 * 1024

/**
 * Compares a file with the publisher's SHA-256.
 *
 * @throws AppError `model-load-failed` if they differ, `cancelled`.
 */
export async function verifyFile(
  file: string,
  sha256: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256')
  const handle = await open(file)
  try {
    const block = Buffer.alloc(blockBytes)
    for (let at = 0; ;) {
      throwIfAborted(signal)
      const { bytesRead } = await handle.read(block, 0, blockBytes, at)
      if (bytesRead === 0) break
      hash.update(block.subarray(0, bytesRead))
      at += bytesRead
      onBytes(at)
    }
  } finally {
    await handle.close()
  }
  if (hash.digest('hex') === sha256) return
  throw new AppError(
    'model-load-failed',
    'What arrived is not what the publisher names: the hash differs. It was deleted; download it again, or choose another source.',
  )
}
