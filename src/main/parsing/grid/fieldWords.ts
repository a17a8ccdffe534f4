/**
 * Words that name a column or a field far more often than they are a value of one, in a few
 * languages. They decide only where nothing in the cells below tells headings from values.
 */
const words = `
account address age amount article author category city code colour color comment company contact
cost count country currency customer date day deadline department description details due duration
e-mail email employee end fee from group hours id invoice item job kind label language location mail
manager member model month name no note notes number order owner paid part person phone place
position price product project quantity rank reason region remark role room sales size species start
state status street sum supplier surname task tax team telephone term time title to total town type
unit units value vendor weight year zip
abteilung adresse alter anmerkung anschrift anzahl art artikel autor bemerkung beruf beschreibung
betrag bezeichnung datum einheit ende fach farbe firma funktion gewicht größe gruppe hersteller jahr
kategorie konto kunde land lieferant menge monat nachname ort person plz preis produkt projekt raum
region rolle sprache stadt status straße strasse stückzahl summe tag telefon titel typ verantwortlich
vorname wert zahl zeit zimmer
adresse âge année auteur catégorie client code commentaire couleur date description durée durée état
fournisseur genre heure jour langue lieu mois montant nom nombre numéro pays poids prénom prix
produit quantité remarque rôle salle somme taille téléphone titre unité ville
año apellido autor cantidad categoría ciudad cliente color correo descripción dirección edad estado
fecha hora idioma importe lugar mes nombre número país peso precio producto proveedor puesto región
sala teléfono tipo título unidad valor
anno autore categoria città cliente cognome colore data descrizione età fornitore giorno importo
indirizzo lingua luogo mese nome numero ora paese peso prezzo prodotto quantità ruolo sala stato
telefono tipo titolo unità valore
ano autor categoria cidade cliente cor data descrição endereço fornecedor hora idade idioma lugar mês
morada nome número país peso preço produto quantidade sala telefone tipo título unidade valor
aantal achternaam adres auteur bedrag datum dag eenheid functie gewicht jaar kamer klant kleur land
leeftijd leverancier maand naam nummer omschrijving plaats prijs stad taal telefoon tijd titel
uren voornaam waarde
adress antal avdelning belopp beskrivning befattning datum dag efternamn enhet färg förnamn kategori
kund land leverantör månad namn nummer ort pris roll rum språk stad summa tid titel vikt år
`

const fieldWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/u))

/** Whether a cell is, begins with or ends with a word that names fields: `Price`, `Unit price (EUR)`. */
export function namesField(text: string): boolean {
  const parts = text
    .toLowerCase()
    .replace(/[([{].*$/u, '')
    .split(/[^\p{L}\p{M}-]+/u)
    .filter((part) => part !== '')
  if (parts.length === 0 || parts.length > 4) return false
  return fieldWords.has(parts[0] ?? '') || fieldWords.has(parts.at(-1) ?? '')
}
