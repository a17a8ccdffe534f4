import { constants, crc32, deflateRawSync } from 'node:zlib'

/** An entry of a zip container, whose fields may lie. */
export interface RawEntry {
  readonly name: string
  readonly packed: Uint8Array
  /** Size that is declared, unpacked, in bytes. */
  readonly size: number
  readonly crc?: number
  /** 8: deflated; 0: stored. */
  readonly method?: 0 | 8
  /** Only in the directory: its data are those of the first entry. */
  readonly shares?: true
}

/** Packs a text as a zip container does. */
export function packedEntry(name: string, data: string | Uint8Array): RawEntry {
  const content = Buffer.from(data)
  return { name, packed: deflateRawSync(content), size: content.byteLength, crc: crc32(content) }
}

/** Writes a zip container entry by entry as given. */
export function writeRawZip(entries: readonly RawEntry[]): Uint8Array {
  const local: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const { packed, size, crc = 0, method = 8, shares = false } = entry
    const name = Buffer.from(entry.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(packed.byteLength, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(name.byteLength, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(shares ? 0 : offset, 10)
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, place, name)
    if (shares) continue
    const head = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name])
    local.push(head, packed)
    offset += head.byteLength + packed.byteLength
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10)
  end.writeUInt32LE(directory.byteLength, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

const blockBytes = 16 * 1024 * 1024

/** Deflated blocks of 16 MiB of one letter; so many that unpacking them gives `mebibytes`. */
export function packedFlood(mebibytes: number, letter = ' '): Uint8Array {
  const content = Buffer.alloc(blockBytes, letter)
  const block = deflateRawSync(content, { finishFlush: constants.Z_FULL_FLUSH })
  const count = Math.ceil((mebibytes * 1024 * 1024) / blockBytes)
  return Buffer.concat([...Array.from({ length: count }, () => block), deflateRawSync('')])
}
