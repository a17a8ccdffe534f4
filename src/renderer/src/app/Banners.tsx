import { CircleAlert, Unplug, X } from 'lucide-react'
import { useState } from 'react'
import type { ConnectionState } from '../api/connection.ts'
import { dataCheckWords } from '../features/settings/dataCheckWords.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import './Banners.css'

export interface BannersProps {
  readonly status: ConnectionState['status']
  readonly onRetry: () => void
  /** Notices from the start of the core, such as files that were set aside; sentences. */
  readonly notices: readonly string[]
  /** Opens the part of Settings on the data folder. */
  readonly onCheckData: () => void
}

/** Messages about the whole window, at its top. */
export function Banners({ status, onRetry, notices, onCheckData }: BannersProps) {
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  return (
    <>
      {status === 'lost' && (
        <div className="pk-banner" role="alert">
          <Unplug aria-hidden />
          <span className="grow">
            Connection lost. Penknife may have been closed; what was saved is safe. Trying again.
          </span>
          <Button onClick={onRetry}>Try now</Button>
        </div>
      )}
      {notices
        .filter((notice) => !read.has(notice))
        .map((notice) => (
          <div key={notice} className="pk-banner" role="status">
            <CircleAlert aria-hidden />
            <span className="grow">{notice}</span>
            <Button onClick={onCheckData}>{dataCheckWords.title}</Button>
            <IconButton
              label="Dismiss"
              icon={<X />}
              onClick={() => setRead((before) => new Set([...before, notice]))}
            />
          </div>
        ))}
    </>
  )
}
