import type { ReactNode } from 'react'
import type { MachineFacts, ModelFacts } from '../../../../shared/domain/languageModel.ts'
import { formatBytes, formatCount } from '../../ui/format.ts'
import { FitTag } from './FitTag.tsx'
import { weightsWords } from './modelWords.ts'
import './Facts.css'

/** Names and values, one per line. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="models-facts">{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The metadata of a GGUF file, and whether this computer can run it. */
export function ModelFactsList({
  facts,
  machine,
}: {
  readonly facts: ModelFacts
  readonly machine: MachineFacts | null
}) {
  return (
    <Facts>
      <Fact name="Here">
        <FitTag model={facts} machine={machine} />
      </Fact>
      <Fact name="Memory it takes">{formatBytes(facts.fits.memoryBytes)}</Fact>
      <Fact name="Room for a question and its passages">
        {facts.fits.maxContext === 0 ? 'none' : `${formatCount(facts.fits.maxContext)} tokens`}
      </Fact>
      <Fact name="Size on disk">{formatBytes(facts.sizeBytes)}</Fact>
      <Fact name="Architecture">{facts.architecture}</Fact>
      <Fact name="Weights">
        {weightsWords(facts.parameters)}, stored as {facts.quantisation}
      </Fact>
      <Fact name="Trained for">
        {facts.contextLength === null
          ? 'not said'
          : `${formatCount(facts.contextLength)} tokens at a time`}
      </Fact>
      <Fact name="Vocabulary">{formatCount(facts.vocabulary)} tokens</Fact>
      <Fact name="Spoken to in">
        {facts.chatFormat === 'llama-2' ? 'the LLaMA 2 format' : 'the format of its own template'}
      </Fact>
    </Facts>
  )
}
