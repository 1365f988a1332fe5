import type { uploadPhrases as english } from "../en/upload-phrases.ts";

/** Varför en uppladdning inte togs emot eller bröts av, och vad som sågs av den som kom med den. */
export const uploadPhrases: Record<keyof typeof english, string> = {
  "upload-behind": "den skriver igen det som redan har kommit, vid byte {{at, number}}",
  "upload-beyond": "den fortsätter vid byte {{at, number}}, och {{bytes, number}} byte av den finns här",
  "upload-by-put": "filer tas bara emot här, med PUT eller POST",
  "upload-called-off": "avsändaren avbröt den (ABOR)",
  "upload-cut": "avsändaren stängde anslutningen mitt i den",
  "upload-form": "formuläret går inte att läsa: {{why}}",
  "upload-gap": "ett stycke av den saknas, från byte {{at, number}}",
  "upload-many-files": "fler än {{most}} filer för en förfrågan",
  "upload-name": "namnet är för långt eller har styrtecken i sig",
  "upload-no-file": "det finns ingen fil i formuläret",
  "upload-nobody-came": "ingen kom",
  "upload-only-in": "filer tas bara emot här",
  "upload-only-sftp": "över SSH tas bara delsystemet SFTP emot, inget skal och ingen scp av det gamla slaget (scp -O)",
  "upload-range": "Content-Range ska lyda: bytes FÖRSTA-SISTA/STORLEK",
  "upload-room": "det finns plats för {{bytes, number}} byte",
  "upload-silent": "inga byte på {{seconds}} s",
  "upload-told-more": "{{told, number}} byte angavs, och {{bytes, number}} kom",
  "upload-twice": "en annan uppladdning med samma namn pågår",
  "upload-unreached": "den gick inte att nå",
  "upload-withdrawn": "förfrågan är över",
  "log-host-keys": "Våra värdnycklar, för en station som vill känna till dem: {{keys}}.",
  "log-cure-host-key":
    "Den gick när den såg vår värdnyckel: låt den ta vilken som helst, eller lägg vår, som står vid sättet, bland dem den känner till.",
  "log-cure-key-alone":
    "Den loggar in med en egen nyckel: ställ in den på användaren och lösenordet i adressen, eller ta ett annat protokoll.",
  "log-cure-told-failed":
    "Stationen säger att uppladdningen misslyckades: loggens slut kan saknas. Begär den igen i så fall.",
  "log-cure-root":
    "Den godtar inte vårt certifikat: lägg in Plugsides rot i den (se Certifikat), eller ta ett protokoll utan TLS.",
  "log-cure-agreement":
    "Den kan bara kryptera på sätt som inte finns här: ta ett annat protokoll, eller nyare programvara i stationen.",
  "seen-key-alone":
    "Någon på {{from}} ({{user}}) kom med en egen nyckel i stället för lösenordet och släpptes inte in.",
  "seen-left-at-key":
    "{{from}} kom, fick se vår värdnyckel och gick innan den loggade in: den kan vilja känna till nyckeln i förväg.",
  "seen-secured": "TLS är uppe med {{from}}: den litar på vår rot, eller kontrollerar inte.",
  "seen-tls-failed": "{{from}} började med TLS, och det blev inte av: {{why}}.",
  "seen-data-tls-failed": "Dataanslutningen kom till {{at}}, och TLS på den blev inte av: {{why}}.",
  "tls-unknown-ca": "den vet inte vem som har signerat vårt certifikat",
  "tls-certificate-refused": "den avvisade vårt certifikat",
  "tls-left": "den gick mitt i det",
  "seen-no-agreement": "{{from}} kom, och det finns inget gemensamt sätt att kryptera: {{why}}.",
  "ssh-none-in-common": "inget gemensamt för {{what}}",
};
