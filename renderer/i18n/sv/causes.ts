import type { CauseCode } from "../../../src/station/attempts.ts";

/** Why an attempt to connect stopped or is odd, and the cure, in Swedish. The English texts stand beside the codes themselves. */
export const causes: Record<CauseCode, { title: string; cure: string }> = {
  "closed-at-once": {
    title: "Anslöt och lade på utan ett ord",
    cure: "En portskanning eller ett nåbarhetstest: nätverket fungerar. Om laddstationen gjorde det vill den kanske ha TLS (wss), eller så hittade den en annan adress.",
  },
  silence: {
    title: "Anslöt och blev tyst",
    cure: "Något håller förbindelsen öppen utan att tala. Leta efter en proxy eller brandvägg emellan, och kontrollera att laddstationen menar den här porten.",
  },
  crowded: {
    title: "Släpptes för att ge plats åt andra",
    cure: "För många anslutningar stod halvöppna. Ta reda på vad som öppnar dem: en skanner, eller en laddstation som aldrig avslutar sina handskakningar.",
  },
  "not-http": {
    title: "De första byten är varken TLS eller HTTP",
    cure: "Ett annat protokoll talar till den här porten. Byten visar vilket. Kontrollera porten i laddstationen.",
  },
  "tls-on-plain-port": {
    title: "TLS talades till en port som inte tar emot det",
    cure: "Skriv ws:// i laddstationen, eller låt den här porten ta emot även wss (Anslutning, säkerhet).",
  },
  "plain-on-tls-port": {
    title: "Okrypterat ws talades till en port som bara tar emot wss",
    cure: "Skriv wss:// i laddstationen, eller låt den här porten ta emot även ws.",
  },
  "tls-version": {
    title: "Bara gamla TLS-versioner erbjuds",
    cure: "Laddstationen erbjuder inget nyare än TLS 1.1. Uppdatera dess programvara, eller tillåt gammal TLS i säkerhetsinställningarna, om den här datorn klarar det.",
  },
  "no-common-cipher": {
    title: "Inget gemensamt chiffer",
    cure: "Laddstationen erbjuder inget av chiffren i säkerhetsspecifikationen. Uppdatera dess programvara, eller tillåt gamla chiffer i säkerhetsinställningarna.",
  },
  "unknown-ca": {
    title: "Laddstationen känner inte till den som signerat vårt certifikat",
    cure: "Installera Plugsides rotcertifikat i laddstationen (Anslutning, certifikat) och försök igen.",
  },
  "certificate-expired": {
    title: "Laddstationen säger att vårt certifikat har gått ut eller inte gäller än",
    cure: "Oftast är det laddstationens egen klocka som går fel (1970). Ställ den, eller anslut en gång över ws så att den får veta tiden.",
  },
  "certificate-not-yet-valid": {
    title: "Laddstationen avvisade vårt certifikat, fast namnet stämmer",
    cure: "Oftast går laddstationens egen klocka fel (1970), så att certifikatet inte gäller än för den. Ställ den, eller anslut en gång över ws så att den får veta tiden. Installera annars Plugsides rotcertifikat.",
  },
  "certificate-name": {
    title: "Namnet eller adressen som laddstationen ringde står inte i vårt certifikat",
    cure: "Skriv en av adresserna som visas här. Certifikatet förnyas av sig självt när nätverket ändras.",
  },
  "certificate-refused": {
    title: "Laddstationen avvisade vårt certifikat",
    cure: "Installera Plugsides rotcertifikat i laddstationen. Vissa laddstationer tar bara RSA-certifikat.",
  },
  "client-certificate-missing": {
    title: "Laddstationen visade inget eget certifikat",
    cure: "Säkerhetsprofil 3 krävs för den. Installera ett certifikat i laddstationen, eller tillåt profil 1 eller 2.",
  },
  "client-certificate-unknown": {
    title: "Laddstationens certifikat är signerat av någon vi inte känner",
    cure: "Importera utfärdarens rot, eller signera ett nytt certifikat för den här.",
  },
  "client-certificate-expired": {
    title: "Laddstationens certifikat har gått ut eller gäller inte än",
    cure: "Signera ett nytt för den här.",
  },
  "client-certificate-identity": {
    title: "Laddstationens certifikat nämner en annan laddstation",
    cure: "Certifikatets common name måste vara laddstationens identitet. Signera ett nytt för den, eller rätta identiteten.",
  },
  "tls-closed": {
    title: "Laddstationen lade på under TLS-handskakningen",
    cure: "Laddstationer som inte litar på vårt certifikat gör ofta så utan ett ord. Installera Plugsides rotcertifikat och kontrollera laddstationens klocka.",
  },
  "tls-failed": {
    title: "TLS-handskakningen misslyckades",
    cure: "Felets egna ord säger var. Byten finns sparade.",
  },
  "bad-request-line": {
    title: "Begäransraden är felaktig",
    cure: "Väntat: GET /sökväg HTTP/1.1. Fråga tillverkaren, och bifoga byten.",
  },
  "odd-request-line": {
    title: "Begäransraden är inte riktigt som den ska",
    cure: "Läst ändå. Väntat: GET /sökväg HTTP/1.1. Fråga tillverkaren, och bifoga byten.",
  },
  "head-cut-off": {
    title: "Laddstationen lade på mitt i sin begäran",
    cure: "Förbindelsen bröts, eller så gav laddstationen upp. Händer det gång på gång: fråga tillverkaren, och bifoga byten.",
  },
  "bad-header": {
    title: "Ett huvudfält är felaktigt",
    cure: "Gick vidare utan det. Fråga tillverkaren, och bifoga byten.",
  },
  "header-too-large": {
    title: "Begärans huvud är större än 16 KiB",
    cure: "Ingen laddstation behöver så mycket. Kontrollera vad det är som talar här.",
  },
  "slow-head": {
    title: "Begärans huvud tog inte slut i tid",
    cure: "Förbindelsen är mycket dålig, eller så håller något anslutningen öppen med avsikt.",
  },
  "plain-request": {
    title: "En vanlig HTTP-begäran, ingen WebSocket",
    cure: "En webbläsare eller ett nåbarhetstest: nätverket fungerar. Laddstationen behöver ws://, inte http://.",
  },
  "no-connection-upgrade": {
    title: "Handskakningen saknar 'Connection: Upgrade'",
    cure: "Godtagen ändå. Autels MaxiCharger gör så; fråga tillverkaren.",
  },
  "bad-handshake": {
    title: "WebSocket-handskakningen är ofullständig",
    cure: "Ett fält som RFC 6455 kräver saknas eller är fel. Fråga tillverkaren, och bifoga byten.",
  },
  "no-identity": {
    title: "Sökvägen innehåller ingen identitet",
    cure: "Lägg till laddstationens identitet i slutet av adressen: ws://…/CP001.",
  },
  "double-slash": {
    title: "Sökvägen innehåller '//'",
    cure: "Godtaget. Ta bort snedstrecket i slutet av adressen i laddstationen om den själv lägger till ett.",
  },
  placeholder: {
    title: "En platshållare står kvar i sökvägen",
    cure: "Skriv laddstationens identitet i dess ställe.",
  },
  "doubled-identity": {
    title: "Identiteten står två gånger i sökvägen",
    cure: "Godtaget. Laddstationen lägger själv till sin identitet: utelämna den i adressen.",
  },
  "identity-characters": {
    title: "Identiteten innehåller ovanliga tecken",
    cure: "Godtagen. OCPP tillåter bokstäver, siffror och * - _ = : + | @ . i den.",
  },
  "credentials-missing": {
    title: "Inget användarnamn och lösenord skickades",
    cure: "Ställ in lösenordet i laddstationen, eller låt den ansluta utan.",
  },
  "credentials-wrong": {
    title: "Lösenordet är fel",
    cure: "Ställ in samma lösenord här och i laddstationen. Det är 16 till 40 tecken långt i 1.6, upp till 64 i 2.x.",
  },
  "credentials-hex": {
    title: "Lösenordet kom som hexsiffror där text väntades, eller tvärtom",
    cure: "Godtaget i tolerant läge. Skriv in lösenordet i den andra formen i laddstationen.",
  },
  "credentials-empty": { title: "Lösenordet är tomt", cure: "Ställ in lösenordet i laddstationen." },
  "credentials-not-utf8": {
    title: "Lösenordet är inte UTF-8-text",
    cure: "En binär nyckel: godtas om dess byte är rätt.",
  },
  "user-name": {
    title: "Användarnamnet är inte identiteten",
    cure: "Godtaget i tolerant läge. Användarnamnet måste vara laddstationens identitet.",
  },
  "profile-too-low": {
    title: "Laddstationen kom med en lägre säkerhetsprofil än den måste",
    cure: "Anslut den med profilen som är inställd för den, eller sänk profilen här.",
  },
  "unknown-station": {
    title: "En laddstation som inte står på listan",
    cure: "Regeln avvisar okända laddstationer. Släpp in den här, eller ändra regeln.",
  },
  "asked-first": {
    title: "En laddstation som inte står på listan väntar på ditt beslut",
    cure: "Släpp in den eller avvisa den. Den försöker igen av sig själv.",
  },
  "station-refused": {
    title: "Den här laddstationen avvisas här",
    cure: "Du har valt att avvisa den. Släpp in den på dess sida Åtkomst.",
  },
  busy: {
    title: "För många lösenord väntar på att prövas",
    cure: "Någon prövar många lösenord på en gång. Laddstationen försöker igen av sig själv.",
  },
  "no-subprotocol": { title: "Inget OCPP-underprotokoll erbjöds", cure: "Behandlas som OCPP 1.6." },
  "unknown-subprotocol": {
    title: "Inget underprotokoll som vi talar erbjöds",
    cure: "Behandlas som OCPP 1.6. Välj OCPP 1.6, 2.0.1 eller 2.1 i laddstationen.",
  },
  "subprotocol-case": {
    title: "Underprotokollet är skrivet med andra versaler och gemener",
    cure: "Godtaget. Det skrivs med små bokstäver.",
  },
  "version-probe": {
    title: "Flera versioner prövas efter varandra",
    cure: "Vanligt för vissa fabrikat: ett prov i en version går före den riktiga anslutningen i en annan.",
  },
  "closed-before-boot": {
    title: "Laddstationen lade på innan den skickade en BootNotification",
    cure: "Den kanske vill ha en annan version, eller så tog den vårt svar för ett nej. Titta på dess meddelanden.",
  },
  "no-boot": {
    title: "Ingen BootNotification än",
    cure: "Vanligt efter ett kort avbrott. Man kan be om den med en trigger.",
  },
  "boot-rejected": {
    title: "Vi svarade Rejected på dess boot",
    cure: "Så säger regeln för boot. Ändra den i Inställningar, eller släpp in den här laddstationen.",
  },
  "boot-pending": {
    title: "Vi svarade Pending på dess boot",
    cure: "Så säger regeln för boot. Svara Accepted när du är redo.",
  },
  "reconnect-loop": {
    title: "Laddstationen ansluter gång på gång",
    cure: "Den ogillar något hos oss, eller så bryter något förbindelsen. Tiden mellan försöken visar vilken timer det är.",
  },
  "ping-unanswered": {
    title: "Laddstationen svarade inte på WebSocket-ping",
    cure: "Förbindelsen är död, eller så kan laddstationen inte svara på ping: sätt ping till 0 i Inställningar.",
  },
  "same-identity": {
    title: "Två anslutningar med samma identitet",
    cure: "Den nyare vinner. Kommer de från två adresser har två laddstationer samma identitet: ändra den ena.",
  },
  refused: {
    title: "Avvisad med avsikt",
    cure: "Felinjicering är på för den här laddstationen. Stäng av den när provet är klart.",
  },
};
