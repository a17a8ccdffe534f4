import { ChevronDown } from 'lucide-react'
import {
  languageCodes,
  languageName,
  languagesInWords,
  type LanguageCode,
} from '../../../../shared/domain/language/languageNames.ts'
import { compareNames } from '../../../../shared/domain/localFormat.ts'
import type { LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { Chip } from '../../ui/Chip.tsx'
import { SearchMenu } from '../../ui/SearchMenu.tsx'

export interface LanguageMenuProps {
  readonly document: LibraryDocument
  readonly onChoose: (language: LanguageCode | null) => void
}

/** The languages of a document, and a way to correct them: its words are compared as theirs. */
export function LanguageMenu({ document, onChoose }: LanguageMenuProps) {
  const { languages = [], isLanguageNamed } = document
  const words = languages.length === 0 ? 'Not known' : languagesInWords(languages)
  const choices = languageCodes
    .map((code) => ({ code, name: languageName(code) }))
    .sort((a, b) => compareNames(a.name, b.name))
  return (
    <SearchMenu
      label="Language"
      placeholder="Find a language"
      none="No language has that name."
      groups={() => [
        {
          title: '',
          items: [
            {
              id: 'found',
              label: 'Find it by the text',
              checked: !isLanguageNamed,
              onSelect: () => onChoose(null),
            },
          ],
        },
        {
          title: 'The text is in',
          items: choices.map(({ code, name }) => ({
            id: code,
            label: name,
            checked: isLanguageNamed && languages[0] === code,
            onSelect: () => onChoose(code),
          })),
        },
      ]}
      trigger={
        <Chip hint={<ChevronDown aria-hidden />} aria-label={`Language: ${words}`}>
          {words}
        </Chip>
      }
    />
  )
}
