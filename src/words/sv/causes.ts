import type { CauseCode } from "../en/causes.ts";

/** Why an attempt to connect stopped or is odd, and the cure, in Swedish. A cause that has none does not compile. */
export const causes: Record<CauseCode, { title: string; cure: string }> = {
  "closed-at-once": {
    title: "Anslöt och kopplade ner utan ett ord",
    cure: "Nätverket fungerar: någon nådde porten och gick igen, som en portskanning eller ett anslutningstest gör. Var det laddstationen: starta om den och se vad den gör sedan.",
  },
  silence: {
    title: "Anslöt, sedan tyst",
    cure: "Något håller förbindelsen öppen utan att säga något. Är det laddstationen: kontrollera att den talar OCPP mot den här porten. Leta annars efter en proxy eller brandvägg däremellan.",
  },
  crowded: {
    title: "Släpptes för att ge plats åt andra",
    cure: "För många anslutningar stod halvöppna. Ta reda på vad som öppnar dem: en skanner, eller en laddstation som aldrig avslutar sina handskakningar.",
  },
  "not-http": {
    title: "De första byten är varken TLS eller HTTP",
    cure: "Ett annat protokoll används mot den här porten; byten visar vilket. Kontrollera protokoll och port i laddstationen: den ska använda OCPP JSON över ws:// eller wss://.",
  },
  "tls-on-plain-port": {
    title: "wss prövades mot en port som bara tar emot ws",
    cure: "Skriv ws:// i stället för wss:// i laddstationen. Eller låt porten ta emot wss: Inställningar, Platser som laddstationer ansluter till.",
  },
  "plain-on-tls-port": {
    title: "ws prövades mot en port som bara tar emot wss",
    cure: "Skriv wss:// i stället för ws:// i laddstationen. Eller låt porten ta emot ws: Inställningar, Platser som laddstationer ansluter till.",
  },
  "tls-version": {
    title: "Bara gamla TLS-versioner erbjuds",
    cure: "Laddstationen erbjuder inget nyare än TLS 1.1. Uppdatera dess programvara, eller börja med ws://. Tillåt i sista hand TLS 1.0 och 1.1 under Certifikat.",
  },
  "no-common-cipher": {
    title: "Inget gemensamt chiffer eller signatursätt",
    cure: "Laddstationen erbjuder inget av dem som OCPP kräver. Uppdatera dess programvara, eller börja med ws://. Pröva RSA-certifikatet under Certifikat, och därefter TLS 1.0 och 1.1, som även tillåter gamla chiffer.",
  },
  "rsa-only": {
    title: "Laddstationen tar bara RSA-certifikat",
    cure: "Slå på RSA-certifikatet under Certifikat, och installera dess rot i laddstationen.",
  },
  "unknown-ca": {
    title: "Laddstationen känner inte till den som signerat vårt certifikat",
    cure: "Installera Plugsides rotcertifikat i laddstationen (se Certifikat) och försök igen.",
  },
  "certificate-expired": {
    title: "Laddstationen säger att vårt certifikat har gått ut eller inte gäller än",
    cure: "Oftast går laddstationens egen klocka fel. Ställ den, eller låt laddstationen ansluta en gång över ws:// så att den får veta tiden. Går den rätt: kontrollera datorns klocka.",
  },
  "certificate-not-yet-valid": {
    title: "Laddstationen avvisade vårt certifikat: kanske går dess klocka fel",
    cure: "För en klocka som står på 1970 gäller certifikatet inte än. Ställ klockan, eller låt laddstationen ansluta en gång över ws:// så att den får veta tiden. Går klockan rätt: installera Plugsides rotcertifikat (se Certifikat).",
  },
  "certificate-name": {
    title: "Namnet eller adressen som laddstationen anropade står inte i vårt certifikat",
    cure: "Skriv en av adresserna som visas här i laddstationen. Måste den anropa en annan: lägg till den under Certifikat, Fler namn.",
  },
  "certificate-not-for-name": {
    title: "Laddstationen godtar inte vårt certifikat för adressen som den anropade",
    cure: "Den jämför adressen som om den vore ett värdnamn. Vårt certifikat namnger varje adress på båda sätten: se under Certifikat om det namnger den här, och gör ett nytt om inte. Installera annars Plugsides rotcertifikat i laddstationen och kontrollera dess klocka, eller låt den anropa ett namn (datorns namn med .local), eller stäng av dess kontroll av värdnamnet.",
  },
  "certificate-not-ready": {
    title: "wss prövades innan vårt certifikat fanns",
    cure: "Vid första starten tar det ett ögonblick att göra certifikatet: laddstationens nästa försök tas emot. Förblir det så säger Certifikat varför det inte kan göras.",
  },
  "station-says": {
    title: "Laddstationen har själv sagt varför sedan dess",
    cure: "Det kom som en säkerhetshändelse över anslutningen som den har nu. InvalidCentralSystemCertificate och InvalidCsmsCertificate: den godtar inte vårt certifikat. Installera Plugsides rotcertifikat i den (se Certifikat), kontrollera dess klocka, och att certifikatet namnger det som den anropar. InvalidTLSVersion och InvalidTLSCipherSuite: se TLS under Certifikat.",
  },
  "certificate-refused": {
    title: "Laddstationen avvisade vårt certifikat",
    cure: "Kontrollera tre saker: att Plugsides rotcertifikat är installerat i laddstationen (se Certifikat), att laddstationens klocka går rätt, och att den anropar en av adresserna som visas här. Vissa laddstationer tar bara RSA-certifikat.",
  },
  "client-certificate-missing": {
    title: "Laddstationen visade inget eget certifikat",
    cure: "Säkerhetsprofil 3 krävs av den. Installera ett certifikat i laddstationen (se Certifikat), eller välj en lägre profil för den under Åtkomst.",
  },
  "client-certificate-unknown": {
    title: "Laddstationens certifikat är inget som släpps in",
    cure: "Signera ett nytt för den under Certifikat, eller lita på utfärdarens rot där. Är bara ett visst certifikat tillåtet för den under Åtkomst så är det ett annat.",
  },
  "client-certificate-expired": {
    title: "Laddstationens certifikat har gått ut eller gäller inte än",
    cure: "Kontrollera datorns klocka. Går den rätt: signera ett nytt certifikat för laddstationen under Certifikat.",
  },
  "client-certificate-identity": {
    title: "Laddstationens certifikat är utställt på en annan laddstation",
    cure: "Certifikatets common name ska vara laddstationens identitet. Signera ett nytt under Certifikat, eller rätta identiteten i laddstationen.",
  },
  "tls-closed": {
    title: "Laddstationen kopplade ner under TLS-handskakningen",
    cure: "En laddstation som inte litar på vårt certifikat gör ofta så utan ett ord. Installera Plugsides rotcertifikat (se Certifikat), kontrollera laddstationens klocka och att den anropar en av adresserna som visas här.",
  },
  "tls-stalled": {
    title: "TLS-handskakningen är inte färdig",
    cure: "En långsam laddstation kan behöva några sekunder. Blir det inte bättre försvinner paket på vägen (kabel, VPN, mobil router), eller så har laddstationen hängt sig: starta om den, och pröva ws:// först.",
  },
  "tls-failed": {
    title: "TLS-handskakningen misslyckades",
    cure: "Pröva ws:// först: det visar om resten fungerar. Fråga sedan tillverkaren, och bifoga felets egna ord och byten.",
  },
  "bad-request-line": {
    title: "Begärans första rad är felaktig",
    cure: "Leta efter blanksteg och udda tecken i adressen i laddstationen. Fråga annars tillverkaren, och bifoga byten.",
  },
  "odd-request-line": {
    title: "Begärans första rad är inte riktigt som den ska",
    cure: "Läses ändå. Andra centralsystem kan avvisa den: fråga tillverkaren, och bifoga byten.",
  },
  "head-cut-off": {
    title: "Laddstationen kopplade ner mitt i sin begäran",
    cure: "Förbindelsen bröts, eller så gav laddstationen upp. Händer det gång på gång: fråga tillverkaren, och bifoga byten.",
  },
  "bad-header": {
    title: "Ett fält i begärans huvud är felaktigt eller saknas",
    cure: "Plugside gick vidare ändå. Andra centralsystem kan avvisa det: fråga tillverkaren, och bifoga byten.",
  },
  "header-too-large": {
    title: "Begärans huvud är större än 16 KiB",
    cure: "Ingen laddstation behöver så mycket. Kontrollera vad det är som ansluter.",
  },
  "slow-head": {
    title: "Begäran tar inte slut",
    cure: "Förbindelsen är mycket dålig, laddstationen har hängt sig, eller så håller något anslutningen öppen med avsikt. Kontrollera kabeln och starta om laddstationen.",
  },
  "plain-request": {
    title: "En vanlig HTTP-begäran, ingen WebSocket",
    cure: "Så gör en webbläsare eller ett anslutningstest: nätverket fungerar. Var det laddstationen: skriv ws:// i stället för http:// och välj OCPP JSON.",
  },
  soap: {
    title: "Laddstationen använder OCPP över SOAP",
    cure: "Välj OCPP 1.6 JSON (OCPP-J) i laddstationen, med en adress som börjar med ws://. Plugside kan inte SOAP.",
  },
  "no-connection-upgrade": {
    title: "Handskakningen saknar 'Connection: Upgrade'",
    cure: "Godtas ändå. Autels MaxiCharger gör så; andra centralsystem och proxyservrar kan avvisa den.",
  },
  "bad-handshake": {
    title: "WebSocket-handskakningen är ofullständig",
    cure: "Något som varje WebSocket kräver saknas eller är fel. Finns en proxy däremellan: gå förbi den. Fråga annars tillverkaren, och bifoga byten.",
  },
  "no-identity": {
    title: "Sökvägen innehåller ingen identitet",
    cure: "Lägg till laddstationens identitet i slutet av adressen i laddstationen: ws://…/CP001.",
  },
  "url-in-path": {
    title: "En hel adress skrevs i ett fält för en sökväg eller identitet",
    cure: "Godtas, med identiteten i slutet av den. Skriv protokoll, värd och port i egna fält i laddstationen, och i det här bara det som kommer efter dem.",
  },
  "identity-in-query": {
    title: "Identiteten står efter ett frågetecken",
    cure: "Godtas. OCPP vill ha den i slutet av sökvägen: skriv den där, som ws://…/CP001.",
  },
  "double-slash": {
    title: "Sökvägen innehåller '//'",
    cure: "Godtas. Ta bort snedstrecket i slutet av adressen i laddstationen om den själv lägger till ett.",
  },
  "trailing-slash": {
    title: "Sökvägen slutar med ett snedstreck",
    cure: "Godtas. Ta bort snedstrecket efter identiteten i laddstationen: andra centralsystem hittar kanske ingen identitet där.",
  },
  placeholder: { title: "En platshållare står kvar i sökvägen", cure: "Skriv laddstationens identitet i dess ställe." },
  "doubled-identity": {
    title: "Identiteten står två gånger i sökvägen",
    cure: "Godtas. Laddstationen lägger själv till sin identitet: utelämna den ur adressen.",
  },
  "endpoint-as-identity": {
    title: "Identiteten ser ut som en del av adressen",
    cure: "Godtas. Har laddstationen en egen identitet: lägg till den i slutet av adressen: ws://…/ocpp/CP001.",
  },
  "identity-characters": {
    title: "Identiteten innehåller ovanliga tecken, eller är för lång",
    cure: "Godtas. OCPP tillåter bokstäver, siffror och * - _ = : + | @ . i den, högst 48.",
  },
  "credentials-missing": {
    title: "Inget användarnamn och lösenord skickades",
    cure: "Ställ in lösenordet i laddstationen (användarnamnet är dess identitet), eller kräv inget här under Åtkomst.",
  },
  "credentials-wrong": {
    title: "Lösenordet är fel",
    cure: "Ställ in samma lösenord här (under Åtkomst) och i laddstationen. Det är 16 till 40 tecken långt i 1.6, upp till 64 i 2.x.",
  },
  "credentials-hex": {
    title: "Lösenordet kom som hexsiffror där text väntades, eller tvärtom",
    cure: "Duger i tolerant läge. Skriv in lösenordet i den andra formen, i laddstationen eller här under Åtkomst.",
  },
  "credentials-empty": {
    title: "Lösenordet är tomt",
    cure: "Ställ in lösenordet i laddstationen, eller kräv inget här under Åtkomst.",
  },
  "credentials-not-utf8": {
    title: "Lösenordet är inte UTF-8-text",
    cure: "Det är en binär nyckel, och duger om dess byte är rätt. Ställ in den som hex här under Åtkomst.",
  },
  "credentials-unreadable": {
    title: "Det som skickades är inget användarnamn och lösenord",
    cure: "OCPP kräver HTTP Basic: identitet, kolon och lösenord i base64. Går inloggningen att välja i laddstationen: välj Basic. Fråga annars tillverkaren.",
  },
  "user-name": {
    title: "Användarnamnet är inte identiteten",
    cure: "Duger i tolerant läge. Ställ in laddstationens identitet som användarnamn i den.",
  },
  "profile-too-low": {
    title: "Laddstationen kom med en lägre säkerhetsprofil än den måste",
    cure: "Välj den profil som krävs i laddstationen, eller en lägre här under Åtkomst.",
  },
  "unknown-station": {
    title: "En laddstation som inte står på listan",
    cure: "Okända laddstationer nekas. Släpp in den under Åtkomst, eller ändra det i Inställningar.",
  },
  "asked-first": {
    title: "En laddstation som inte står på listan väntar på ditt beslut",
    cure: "Släpp in den eller neka den. Den försöker igen av sig själv.",
  },
  "station-refused": {
    title: "Den här laddstationen nekas här",
    cure: "Du har valt att neka den. Släpp in den under Åtkomst.",
  },
  "too-many-links": {
    title: "Ingen plats för fler anslutningar",
    cure: "Så många anslutningar är redan öppna att inga fler tas emot. Ta reda på vad som öppnar dem: ett testverktyg, eller en laddstation som aldrig stänger sina gamla. Det går vidare så snart några har avslutats.",
  },
  "too-many-new": {
    title: "För många nya identiteter",
    cure: "Nya laddstationer får vänta just nu; kända släpps alltid in. Ta reda på vad som hittar på namnen. Lägg till identiteten under Åtkomst för att släppa in den genast.",
  },
  "upload-login": {
    title: "En logg skulle komma, med fel användare eller lösenord",
    cure: "En laddstation kan ha kvar en gammal adress, eller kapa den nya. Begär loggen igen; misslyckas det igen, ta HTTP, som inte behöver någon inloggning.",
  },
  "upload-key-alone": {
    title: "En logg skulle komma via SFTP, med en nyckel i stället för lösenordet",
    cure: "Ställ in laddstationen på att logga in med användaren och lösenordet i adressen som den får, eller ta ett annat protokoll.",
  },
  "upload-left-at-key": {
    title: "Den kom via SFTP och gick när den såg vår värdnyckel",
    cure: "Låt laddstationen ta vilken värdnyckel som helst, eller lägg vår bland dem den känner till: förfrågan om loggen visar den.",
  },
  "upload-no-agreement": {
    title: "Den kom via SFTP, och det finns inget gemensamt sätt att kryptera",
    cure: "Ta ett annat protokoll för loggen, eller nyare programvara i laddstationen.",
  },
  "upload-tls": {
    title: "Den kom via FTPS, och TLS blev inte av",
    cure: "Installera Plugsides rotcertifikat i laddstationen (se Certifikat), eller ta ett protokoll utan TLS för loggen.",
  },
  busy: {
    title: "För många lösenord väntar på att prövas",
    cure: "Någon prövar många lösenord på en gång. Laddstationen försöker igen av sig själv.",
  },
  "no-subprotocol": {
    title: "Inget OCPP-underprotokoll erbjöds",
    cure: "Tas som OCPP 1.6. Andra centralsystem kan avvisa det: välj OCPP-version i laddstationen, om det går.",
  },
  "unknown-subprotocol": {
    title: "Inget underprotokoll som vi kan erbjöds",
    cure: "Tas som OCPP 1.6. Välj OCPP 1.6, 2.0.1 eller 2.1 i laddstationen.",
  },
  "subprotocol-case": {
    title: "Underprotokollet har fel stora och små bokstäver",
    cure: "Godtas. Det skrivs med små bokstäver: andra centralsystem kan avvisa det.",
  },
  "version-probe": {
    title: "Flera versioner prövas efter varandra",
    cure: "Vanligt hos vissa fabrikat: ett prov i en version kommer före den riktiga anslutningen i en annan. Inget att göra om den sedan förblir ansluten.",
  },
  "closed-before-boot": {
    title: "Laddstationen kopplade ner innan den skickade BootNotification",
    cure: "Den kanske vill ha en annan OCPP-version, eller tog vårt svar för ett nej. Titta under Meddelanden.",
  },
  "no-boot": {
    title: "Ingen BootNotification än",
    cure: "Vanligt efter ett kort avbrott. Be om den med en trigger, eller starta om laddstationen.",
  },
  "boot-rejected": {
    title: "Vi svarade Rejected på dess boot",
    cure: "Det svaret är inställt här. Ändra det under Åtkomst eller i Inställningar.",
  },
  "boot-pending": {
    title: "Vi svarade Pending på dess boot",
    cure: "Det svaret är inställt här. Svara Accepted, under Åtkomst eller i Inställningar, när du är redo.",
  },
  "reconnect-loop": {
    title: "Laddstationen ansluter gång på gång",
    cure: "Den ogillar något hos oss, eller så bryter något förbindelsen. Titta under Meddelanden på vad som kom sist före varje avbrott; mellanrummet visar vilken timer det är.",
  },
  "ping-unanswered": {
    title: "Laddstationen svarade inte på WebSocket-ping",
    cure: "Förbindelsen är död, eller så kan laddstationen inte svara på ping: sätt ping till 0 i Inställningar.",
  },
  "not-reading": {
    title: "Laddstationen läser inte det som skickas till den",
    cure: "Den frågade men tog inte emot svaren, så vi avslutade förbindelsen. Laddstationen hänger sig, eller linjen är för långsam: starta om laddstationen och kontrollera linjen.",
  },
  "over-limit": {
    title: "Ett meddelande var större än gränsen",
    cure: "Vi avslutade förbindelsen. Meddelandets första byte och längd finns under Meddelanden. Höj gränsen under Inställningar om laddstationen gör rätt.",
  },
  "slow-frame": {
    title: "Ett meddelande kom inte till sitt slut",
    cure: "Vi avslutade förbindelsen. Linjen är mycket dålig, eller så hänger laddstationen sig mitt i ett meddelande: kontrollera kabeln eller modemet och starta om laddstationen.",
  },
  "protocol-error": {
    title: "Laddstationen skickade något som inte är en WebSocket-ram",
    cure: "Vi avslutade förbindelsen; byten finns under Meddelanden. Fråga tillverkaren och visa byten; även en proxy däremellan kan orsaka det.",
  },
  "same-identity": {
    title: "Två anslutningar med samma identitet",
    cure: "Den nyare vinner. Kommer de från två adresser har två laddstationer samma identitet: ändra den ena.",
  },
  refused: {
    title: "Avvisad med avsikt",
    cure: "Felinjicering är på för den här laddstationen. Stäng av den under Avsiktliga fel när provet är klart.",
  },
};
