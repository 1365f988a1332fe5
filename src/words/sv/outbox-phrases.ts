import type { outboxPhrases as en } from "../en/outbox-phrases.ts";

/** What the core says of the outbox and its destinations, in Swedish. */
export const outboxPhrases: Record<keyof typeof en, string> = {
  "no-destination": "Det finns inget mål {{name}}.",
  "too-many-destinations": "Det finns redan {{count}} mål. Ta bort ett först.",
  "destination-in-use": "Filer väntar fortfarande på {{name}}: {{count}}. Ta bort dem ur utkorgen först.",
  "too-many-in-outbox": "Det finns redan {{count}} filer i utkorgen. Ta bort några först.",
  "no-outbox-entry": "Det finns inget med numret {{id}} i utkorgen.",
  "destination-path-relative":
    "{{path}} är ingen hel sökväg. Ange mappen från toppen, som /media/sticka/loggar eller E:\\loggar.",
  "destination-folder-gone": "Mappen {{path}} finns inte. Sätt i minnet, anslut enheten eller skapa mappen.",
  "destination-folder-unwritable": "Det går inte att skriva i {{path}}: {{why}}",
  "destination-folder-full":
    "{{path}} har för lite plats: {{free, number}} byte lediga, {{bytes, number}} behövs. Frigör plats där.",
  "sent-differs":
    "Det som skrevs i {{path}} läses tillbaka som något annat. Ett nytt försök görs; ta ett annat minne om det fortsätter.",
  "sent-name-taken": "Andra filer har namnet {{name}} i {{path}}. Flytta dem eller ge filen ett annat namn.",
  "sent-differs-there": "Det som kom fram till {{place}} är inte det som skickades. Det skickas på nytt.",
  "destination-no-url": "”{{url}}” är ingen webbadress. Den börjar med https:// eller http://.",
  "destination-url-query":
    "Det som står efter ? i en URL är ofta hemligt och sparas skilt från den: ange det som ”query” bland hemligheterna.",
  "destination-secret-closed":
    "Hemligheterna för {{name}} går inte att läsa: de är förseglade i systemets nyckellager, som bara skrivbordsfönstret når, eller skadade. Ange dem igen.",
  "away-name":
    "Namnet {{host}} är inte känt här (DNS). Kontrollera stavningen och att datorn har ett nätverk som känner till det.",
  "away-refused":
    "{{host}} nekar anslutningen: inget lyssnar på den porten. Kontrollera porten och att servern är igång.",
  "away-no-way": "Ingen väg leder till {{host}}: datorn har inget nätverk, eller inte rätt nätverk.",
  "away-silent": "{{host}} svarar inte. Den är borta, eller så står en brandvägg emellan.",
  "away-still": "Ingenting kom från {{host}} på {{seconds}} s.",
  "away-blocked": "Datorn låter inte Plugside ansluta till {{host}}: dess brandvägg eller en policy förbjuder det.",
  "away-certificate-unknown":
    "Certifikatet för {{host}} är utfärdat av någon som datorn inte känner till. Ange rotcertifikatet från den som driver servern tillsammans med målet.",
  "away-certificate-expired":
    "Certifikatet för {{host}} gäller inte nu: {{error}}. Antingen har det gått ut eller så går datorns klocka fel (den visar {{now}}).",
  "away-certificate-name": "Certifikatet för {{host}} gäller ett annat namn: {{error}}",
  "away-tls":
    "Ingen TLS-förbindelse blir till med {{host}}: TLS-biblioteket säger ”{{error}}”. Det kan vara http där, inte https.",
  "away-no-http": "Det som svarar på {{host}} talar inte HTTP: ”{{error}}”. Det kan vara https där, inte http.",
  "away-broken": "Anslutningen till {{host}} bröts: {{error}}",
  "away-credentials": "{{host}} godtar inte användarnamnet eller lösenordet (status {{status}}).",
  "away-permission":
    "{{host}} vet vem som frågar men låter inte kontot skriva där (status 403). Servern säger ”{{said}}”.",
  "away-no-place": "{{host}} har ingen sådan plats (status {{status}}). Kontrollera sökvägen i URL:en.",
  "away-too-large": "{{host}} tar inte emot en så stor fil.",
  "away-full": "{{host}} har ingen plats kvar (status {{status}}).",
  "away-busy": "{{host}} är överbelastad just nu (status {{status}}).",
  "away-moved": "{{host}} hänvisar till en annan adress. Är den rätt, ange den: {{to}}",
  "away-answers": "{{host}} svarar med status {{status}}. Servern säger ”{{said}}”.",
  "away-clock":
    "{{host}} godtar inte det som signeras nu: datorns klocka visar {{ours}}, serverns {{theirs}}. Ställ klockan rätt.",
  "no-webdav": "{{host}} svarar men talar inte WebDAV på den här adressen. Kontrollera sökvägen i URL:en.",
  "s3-no-bucket": "{{host}} har ingen bucket {{bucket}}. Kontrollera stavningen.",
  "s3-unknown-key": "{{host}} känner inte till det här nyckel-id:t (access key id).",
  "s3-wrong-secret": "{{host}} känner till nyckel-id:t, men den hemliga nyckeln hör inte till det.",
  "s3-token": "{{host}} godtar inte längre de här tillfälliga uppgifterna. Skaffa nya.",
  "s3-region": "Bucketen {{bucket}} finns inte i regionen {{region}}. Servern säger: {{right}}",
  "s3-denied": "Den här nyckeln får inte skriva i bucketen {{bucket}}. Servern säger ”{{said}}”.",
  "s3-odd-answer": "Serverns svar på {{action}} går inte att läsa.",
  "destination-no-host": "”{{host}}” är varken namn på eller adress till en server.",
  "sftp-none": "{{host}} släpper in användaren men har ingen SFTP åt den.",
  "sftp-key-unreadable":
    "Den privata nyckeln går inte att läsa: ”{{error}}”. Ange hela nyckeln, med lösenfras om den har en.",
  "sftp-other-key":
    "{{host}} visar en annan nyckel än förut: {{seen}} i stället för {{known}}. En annan maskin kan svara i dess ställe; ingenting skickades. Om servern är nyinstallerad, ta bort målet och lägg till det igen.",
  "sftp-no-agreement": "Ingen SSH-förbindelse blir till med {{host}}: {{what}}",
  "sftp-credentials": "{{host}} godtar inte användarnamnet med det här lösenordet eller den här nyckeln.",
  "sftp-no-ssh": "Det som svarar på {{host}} talar inte SSH: ”{{error}}”. Kontrollera porten.",
  "sftp-denied": "{{host}} låter inte användaren skriva i {{path}}. Servern säger ”{{said}}”.",
  "sftp-no-folder": "{{host}} har ingen mapp {{path}} och låter ingen skapas.",
  "sftp-failed": "{{host}} kan inte skriva i {{path}}, kanske för att platsen är slut. Servern säger ”{{said}}”.",
  "redaction-too-large": "{{name}} innehåller för mycket text för att maskeras här: högst {{most}} byte.",
  "redaction-no-text":
    "Ingenting i {{name}} är text, så inget av det går att maskera. Skicka den som den är, eller inte alls.",
};
