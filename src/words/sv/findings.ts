import type { Rule } from "../en/findings.ts";

/** What each finding's rule says, and its cure, in Swedish. A rule that has none does not compile. */
export const findings: Record<Rule, { title: string; cure: string }> = {
  "not-json": {
    title: "Meddelandet är inte JSON",
    cure: "Fråga tillverkaren: laddstationen kapar eller förvanskar sina meddelanden. Råtexten visar var det brister.",
  },
  "json-repaired": {
    title: "Meddelandet är inte riktigt JSON",
    cure: "Läst så som det bara kan vara menat, i tolerant läge. Andra centralsystem vägrar: fråga tillverkaren, och visa byten och råtexten.",
  },
  "answer-refused": {
    title: "Laddstationen kunde inte ta emot vårt svar",
    cure: "Den säger varför. Följer svaret schemat, fråga tillverkaren; gör det inte det, säg till oss.",
  },
  "duplicate-name": {
    title: "Ett namn står två gånger i samma objekt",
    cure: "Det senare gäller här; andra system kan ta det tidigare. Fråga tillverkaren.",
  },
  "not-array": {
    title: "Meddelandet är JSON, men ingen lista",
    cure: "Fråga tillverkaren: varje meddelande är en JSON-lista som börjar med sin typ.",
  },
  "unknown-message-type": {
    title: "Okänd meddelandetyp",
    cure: "Fråga tillverkaren: det första elementet är 2, 3 eller 4 (i 2.1 även 5 och 6). Kontrollera att båda sidor talar samma version.",
  },
  "bad-message-shape": {
    title: "Meddelandet har fel delar",
    cure: "Fråga tillverkaren: CALL skrivs [2, id, action, payload] och CALLRESULT skrivs [3, id, payload].",
  },
  "bad-message-id": {
    title: "Meddelandets id är inte en text på 1 till 36 tecken",
    cure: "Fråga tillverkaren: ett id är text. Tal och långa texter ställer till det i andra system.",
  },
  "payload-null": {
    title: "Innehållet (payload) är null eller saknas",
    cure: "Fråga tillverkaren: ett tomt innehåll skrivs {}.",
  },
  "duplicate-id": {
    title: "Samma meddelande-id användes två gånger på samma anslutning",
    cure: "Fråga tillverkaren: ett id får bara komma igen när samma meddelande skickas om.",
  },
  "unsolicited-answer": {
    title: "Ett svar utan fråga",
    cure: "Fråga tillverkaren. Ofta betyder det att laddstationen blandar ihop sina meddelande-id.",
  },
  "late-answer": {
    title: "Svaret kom efter att tiden gått ut",
    cure: "Laddstationen eller förbindelsen är långsam. Öka väntetiden för svar under Inställningar.",
  },
  "mismatched-answer-id": {
    title: "Svaret har ett annat meddelande-id än frågan",
    cure: "Tolkas i tolerant läge som svaret på den enda fråga som väntade. Fråga tillverkaren.",
  },
  "binary-frame": {
    title: "En binär WebSocket-ram",
    cure: "Fråga tillverkaren: OCPP skickas i textramar.",
  },
  "invalid-utf8": {
    title: "Texten är inte UTF-8",
    cure: "Fråga tillverkaren: oftast är det ett namn eller meddelande i en lokal teckenkodning.",
  },
  "over-limit": {
    title: "Meddelandet är större än gränsen",
    cure: "Förbindelsen stängdes. Höj gränsen under Inställningar om laddstationen gör rätt.",
  },
  "slow-frame": {
    title: "Ett meddelande kom inte till sitt slut",
    cure: "Förbindelsen stängdes. Linjen är mycket dålig, eller så hänger laddstationen sig mitt i ett meddelande: kontrollera kabeln eller modemet och starta om laddstationen. Händer det igen: fråga tillverkaren.",
  },
  "protocol-error": {
    title: "Byte som inte är någon WebSocket-ram",
    cure: "Förbindelsen stängdes. Fråga tillverkaren och visa byten; även en proxy däremellan kan orsaka det.",
  },
  "unknown-action": {
    title: "En action som inte finns i den här OCPP-versionen",
    cure: "Har besvarats med NotImplemented, eller med ett tomt svar där det är valt för laddstationen. Kontrollera vilken version den är tänkt att tala.",
  },
  "no-subprotocol": {
    title: "Inget OCPP-subprotokoll erbjöds",
    cure: "Tolkas som OCPP 1.6 i tolerant läge, avvisas i strikt läge. Fråga tillverkaren: laddstationen ska skicka Sec-WebSocket-Protocol: ocpp1.6.",
  },
  "unknown-subprotocol": {
    title: "Bara okända subprotokoll erbjöds",
    cure: "Välj OCPP 1.6, 2.0.1 eller 2.1 i laddstationens inställningar.",
  },
  "credentials-hex": {
    title: "Lösenordet kom i en annan form än det är satt",
    cure: "Godtaget. Skriv lösenordet i den andra formen i laddstationen: hexsiffror i stället för text, eller tvärtom.",
  },
  "credentials-not-utf8": {
    title: "Lösenordet är inte UTF-8-text",
    cure: "En binär nyckel. Godtagen, för byten stämmer; andra centralsystem kan neka den.",
  },
  "user-name": {
    title: "Användarnamnet är inte laddstationens identitet",
    cure: "Godtaget. Sätt användarnamnet i laddstationen till dess identitet: andra centralsystem nekar det.",
  },
  "too-complex": {
    title: "Meddelandet är djupare nästlat, eller har fler värden, än något i OCPP",
    cure: "Inte läst, och besvarat med ett fel om dess id gick att läsa. Fråga tillverkaren: laddstationen skriver utan slut.",
  },
  "text-cut": {
    title: "En text är längre än det som visas av den",
    cure: "Läst, och avkortad där den visas. Det sparade meddelandet har hela texten.",
  },
  "list-cut": {
    title: "Ett meddelande berättar fler av ett slag än Plugside tar emot",
    cure: "De första tas emot. Det sparade meddelandet har alla. Be tillverkaren skicka färre åt gången.",
  },
  "more-findings": {
    title: "Fler avvikelser i ett meddelande än vad som visas",
    cure: "De första visas. Rätta dem, så kommer resten fram. Det sparade meddelandet visar alla.",
  },
  "state-full": {
    title: "Fler EVSE:er, uttag eller mätstorheter än någon laddstation har",
    cure: "Togs inte med; de sparade meddelandena har dem. Fråga tillverkaren: laddstationen hittar på nummer eller namn.",
  },
  "modbus-unknown-value": {
    title: "Ett register har ett värde som enhetens profil inte känner till",
    cure: "Inget gjordes av det. Slå upp det i tillverkarens manual och lägg till det i profilen.",
  },
  "modbus-refused": {
    title: "Enheten vägrade register som profilen nämner",
    cure: "Vad de skulle säga är okänt. En annan modell eller programversion kan sakna dem: jämför med registerlistan för den här.",
  },
  "modbus-damaged": {
    title: "Svar från enheten kom skadade eller avbrutna",
    cure: "Inget av dem togs för ett värde. Kontrollera 0 V, avslutning (120 ohm i båda ändar) och skärm, om två enheter har samma adress, samt hastighet och paritet.",
  },
  "line-damaged": {
    title: "Byte på serielinjen skadades",
    cure: "Ingen av dem togs för ett meddelande. Korta kabeln, koppla ihop jord, håll den borta från nätspänning, terminera RS-485 eller sänk hastigheten i båda ändar.",
  },
  "line-text": {
    title: "Serielinjen bär text som inte är OCPP",
    cure: "Sparad, men inte besvarad. Kortet skriver sin logg på samma ledning: stäng av det, eller ge OCPP en egen port.",
  },
  "own-fault": {
    title: "Plugside råkade ut för ett eget fel; rapportera det med den här texten",
    cure: "Det beror inte på laddstationen: dess meddelande är sparat och allt annat fortsätter. Rapportera felet till Plugsides utvecklare.",
  },
  "early-call": {
    title: "Ett meddelande kom innan BootNotification var besvarad",
    cure: "Gör ingen skada i tolerant läge. Andra centralsystem kan vägra ta emot det.",
  },
  "wrong-type": {
    title: "Ett värde har fel typ",
    cure: "Läses så långt det går i tolerant läge. Fråga tillverkaren.",
  },
  "too-long": {
    title: "En text är längre än tillåtet",
    cure: "Hela texten sparas i tolerant läge. Strikta centralsystem avvisar den.",
  },
  "missing-field": {
    title: "Ett obligatoriskt fält saknas",
    cure: "I tolerant läge går Plugside vidare utan det. Fråga tillverkaren.",
  },
  "unknown-value": {
    title: "Ett värde hör inte till de tillåtna",
    cure: "Sparas som det kom i tolerant läge. Fråga tillverkaren.",
  },
  "unknown-field": {
    title: "Ett fält som inte finns i specifikationen",
    cure: "Förbigås i tolerant läge. Strikta centralsystem avvisar det.",
  },
  "bad-format": {
    title: "En text har fel form",
    cure: "Läses så långt det går i tolerant läge. Fråga tillverkaren.",
  },
  "empty-list": {
    title: "En lista som ska innehålla något är tom",
    cure: "Hoppas över i tolerant läge. Fråga tillverkaren.",
  },
  "out-of-range": {
    title: "Ett tal ligger utanför det tillåtna området",
    cure: "Sparas som det kom i tolerant läge. Fråga tillverkaren.",
  },
  "bad-answer": {
    title: "Ett svar följer inte sitt schema",
    cure: "Har lästs så långt det gick. Fråga tillverkaren.",
  },
  "time-without-zone": {
    title: "En tid utan tidszon",
    cure: "Har tolkats som UTC. Ställ in laddstationens tidszon, eller fråga tillverkaren: en tid ska sluta på Z.",
  },
  "time-implausible": {
    title: "Laddstationens klocka går långt fel",
    cure: "Kontrollera först datorns egen klocka. Kontrollera sedan att laddstationen hämtar tiden ur svaret på BootNotification eller Heartbeat, eller ställ in dess tidsserver.",
  },
  "time-unreadable": {
    title: "En tid som inte går att läsa",
    cure: "Vår egen tid används i stället. Fråga tillverkaren.",
  },
  "empty-value": {
    title: "Ett mätvärde är tomt",
    cure: "Hoppades över. Kontrollera vilka mätstorheter mätaren har stöd för.",
  },
  "unreadable-value": {
    title: "Ett mätvärde är inte ett tal",
    cure: "Hoppades över. Det finns kvar i råtexten.",
  },
  "wrong-unit": {
    title: "En enhet som inte hör till mätstorheten",
    cure: "Sparat i mätstorhetens egen enhet, med siffrorna som de skickades. Kontrollera mätarens inställningar.",
  },
  "unknown-phase": {
    title: "En okänd fas",
    cure: "Sparad som den kom.",
  },
  "faulted-without-error": {
    title: "Faulted, men inget fel anges",
    cure: "Fråga laddstationen: hämta dess diagnostik, eller läs av dess display och logg.",
  },
  "unknown-error-code": {
    title: "En felkod som inte finns i OCPP",
    cure: "Har tolkats som OtherError. Tillverkarens kod är sparad.",
  },
  "unknown-transaction": {
    title: "En transaktion som aldrig startades här",
    cure: "Oftast en äldre transaktion, eller en från ett annat centralsystem. Den avslutas av sig själv, eller när laddstationen startas om.",
  },
  "odd-transaction-id": {
    title: "Ett transaktions-id som inget centralsystem har delat ut",
    cure: "Sparat siffra för siffra. Laddstationen hittade på det när den var frånkopplad, eller gick miste om svaret.",
  },
  "repeated-start": {
    title: "Samma transaktionsstart kom en gång till",
    cure: "Har besvarats med samma id. Det första svaret kom bort, eller nådde laddstationen för sent.",
  },
  "register-backwards": {
    title: "Energiräkneverket gick baklänges",
    cure: "Kontrollera mätarens inkoppling och inställningar: värdet kan vara energin för den enskilda laddningen i stället för mätarställningen.",
  },
  "boot-loop": {
    title: "Laddstationen startar om gång på gång",
    cure: "Den startar om utan att någon bett om det. Titta på strömförsörjningen och loggen, och på den senaste inställning som ändrades innan det började: en mätstorhet eller en URL som den inte klarar gör så här.",
  },
  "boot-reason": {
    title: "Den anger ett annat skäl till uppstarten än vår omstart",
    cure: "Den ombads starta om och kallar det för påslagning. Antingen försvann strömmen, eller så minns laddstationen inte varför den startade om: fråga tillverkaren.",
  },
  "second-connection": {
    title: "Den anslöt igen medan förbindelsen var uppe",
    cure: "Den nyare gäller. En gång: den hade inte märkt att förbindelsen var borta. Gång på gång: två laddstationer har samma identitet, eller så ringer den två gånger; jämför adresserna.",
  },
  "no-boot": {
    title: "Ingen BootNotification, och ingen tidigare",
    cure: "Vanligt när laddstationen nyss hörde till ett annat centralsystem. Den ombads skicka en, så att man får veta vilken den är.",
  },
  "other-version": {
    title: "Ett meddelande i en annan OCPP-versions form",
    cure: "Har lästs som den versionen menar det. Laddstationen blandar versioner: fråga tillverkaren, eller låt den tala den andra versionen.",
  },
  "call-error": {
    title: "Laddstationen svarade med en felkod som inte finns i dess version",
    cure: "Sparad som den kom. Fråga tillverkaren.",
  },
  "wrong-direction": {
    title: "En action som bara ett centralsystem skickar",
    cure: "Utfördes inte: har besvarats med NotSupported, eller med ett tomt svar där det är valt. Fråga tillverkaren.",
  },
  "unanswered-call": {
    title: "Ett meddelande som inte vill ha svar, för en action som har ett",
    cure: "Sparat, inte besvarat och inte utfört. Fråga tillverkaren: det ska vara ett CALL, vars första element är 2.",
  },
  "unknown-context": {
    title: "Ett mätsammanhang (context) som inte finns i OCPP",
    cure: "I tolerant läge läses värdet och ordet sparas. Alfen skriver CurrentMax för den gräns som gäller. Fråga tillverkaren.",
  },
  "repeated-begin": {
    title: "Ett värde mitt i transaktionen är märkt Transaction.Begin",
    cure: "Läses efter sin tid, inte efter sin märkning. Growatt märker alla värden så. Fråga tillverkaren.",
  },
  "historic-transaction": {
    title: "En transaktion från tiden innan laddstationen först sågs här",
    cure: "Märkt som berättad i efterhand. Laddstationen hade den kvar i sin kö; somliga skickar gamla transaktioner om och om igen.",
  },
  "repeated-stop": {
    title: "Samma transaktionsslut kom en gång till",
    cure: "Besvarat, men inte räknat två gånger. Det första svaret kom bort, eller så spelar laddstationen upp det den redan har berättat.",
  },
  "values-after-end": {
    title: "Mätvärden för en transaktion som är avslutad",
    cure: "Läses som dess slutvärden. Strikta system väntar sig dem före StopTransaction. Fråga tillverkaren.",
  },
  "power-after-end": {
    title: "Det går effekt efter transaktionens slut",
    cure: "Ingen betalar för den energin. Se efter om kontaktorn öppnar och vilken laddning laddstationen tror att den har, och fråga sedan tillverkaren.",
  },
  "end-before-start": {
    title: "Transaktionen slutar innan den börjat",
    cure: "Enligt laddstationens egna tider. Dess klocka ställdes tillbaka under tiden: se efter om den gick rätt vid starten, och vem som ställde den. System som debiterar efter tid avvisar en sådan laddning.",
  },
  "missing-stop": {
    title: "Transaktionens slut kom aldrig",
    cure: "Visas här som inte avslutad av laddstationen; ett sent slut tas ändå emot. Andra system fortsätter att räkna den. Fråga tillverkaren.",
  },
  "missing-part": {
    title: "Meddelanden i en transaktion eller delar av en rapport saknas",
    cure: "Det som vilar på dem är inte fullständigt. Begär rapporten igen; för en transaktion, hämta laddstationens logg. Fråga sedan tillverkaren.",
  },
  "out-of-order": {
    title: "Ett meddelande kom efter ett med högre nummer",
    cure: "Läst på sin egen plats, och har inte flyttat något tillbaka. Fråga tillverkaren: en transaktions meddelanden skickas i ordning.",
  },
  "numbers-do-not-count": {
    title: "Samma nummer för olika meddelanden",
    cure: "Ordningen läses av laddstationens tid. Om meddelanden saknas går inte att säga. Fråga tillverkaren: seqNo räknas upp med ett.",
  },
  "session-energy": {
    title: "Energiräkneverket börjar om",
    cure: "Tolkas som energin för laddningen, inte som en mätarställning. Ställ in laddstationen att skicka sin mätarställning, eller fråga tillverkaren.",
  },
  "register-overflow": {
    title: "Mätarställningen har slagit runt",
    cure: "Räknas inte: energin tas från de andra mätarställningarna. Fråga tillverkaren: ett värde som inte får plats är inget värde.",
  },
  "other-register": {
    title: "Starten och det första värdet är inte från samma mätare",
    cure: "Ingen laddstation levererar så mycket på den tiden. Energin räknas från det första värdet. Fråga tillverkaren.",
  },
  "unit-doubt": {
    title: "Effekt och mätarställning skiljer med ungefär 1000",
    cure: "Den ena har en annan enhet än den säger, kWh för Wh eller kW för W. Jämför med laddstationens display, och fråga sedan tillverkaren.",
  },
  "register-rounded": {
    title: "Mätarställningen ligger upp till 1 Wh under värdet före",
    cure: "Tolkas som avrundning. Fråga tillverkaren om den måste stämma på wattimmen.",
  },
  "phase-tagged-register": {
    title: "Mätarställningen kommer med en enda fas",
    cure: "Tolkas som hela värdet. Fråga tillverkaren: en summa skickas utan fas.",
  },
  "phase-neutral": {
    title: "Mätt på N, och inte på någon fas",
    cure: "Tolkas som L1. Laddstationen har en fas och kallar den N. Fråga tillverkaren.",
  },
  "phase-rotation": {
    title: "Faserna är vridna mellan nätet och uttaget",
    cure: "Laddstationens L1 är en annan fas i nätet. Kontrollera inkopplingen, eller ställ in ConnectorPhaseRotation så som det är kopplat.",
  },
  placeholder: {
    title: "Ett fält har ett ord för ingenting i stället för att utelämnas",
    cure: "Läses som utelämnat. ABB skriver null som upplysning till en status, Growatt 0 som reservation. Fråga tillverkaren.",
  },
  "empty-token": {
    title: "Ett kort utan nummer",
    cure: "Besvarat med Invalid. Läsaren gav inget: visa kortet igen, och fråga sedan tillverkaren.",
  },
  "token-not-hex": {
    title: "Ett kortnummer som inte är skrivet med hexsiffror",
    cure: "Sparat som det kom. Ett kortnummer är kortets byte i hex: i andra system blir det här ett annat kort. Kontrollera hur läsaren är inställd.",
  },
  "odd-number": {
    title: "Ett tal är skrivet på ett ovanligt sätt",
    cure: "Läst som det är tänkt. Andra centralsystem kanske inte gör det: ett värde är vanliga decimalsiffror, utan + och exponent.",
  },
  "unit-spelling": {
    title: "En enhet stavas annorlunda än i OCPP",
    cure: "Läst som den är tänkt. Andra centralsystem kanske inte känner igen den. Fråga tillverkaren.",
  },
  "odd-place": {
    title: "Ett EVSE- eller uttagsnummer som inte kan förekomma i meddelandet",
    cure: "Läst så långt det är meningsfullt: 0 som hela laddstationen, annat som inget uttag alls. Fråga tillverkaren.",
  },
  "station-status": {
    title: "Laddstationen som helhet säger det som bara ett uttag kan vara",
    cure: "Sparad som den kom. Uttag 0 är Available, Unavailable eller Faulted. Fråga tillverkaren.",
  },
  "odd-token": {
    title: "En tagg med tecken som inget kort har",
    cure: "Sparad som den kom. Den kan ha kapats eller förvanskats i läsaren: visa kortet igen, och fråga sedan tillverkaren.",
  },
  "no-connectors": {
    title: "Inventariet nämner laddpunkter (EVSE) men inget uttag",
    cure: "Varje laddpunkt antas ha uttag 1 tills en status säger annat. Fråga tillverkaren.",
  },
  "report-unfinished": {
    title: "En rapport godtogs men blev inte färdig",
    cure: "Plugside gick vidare med det som har kommit. Begär en mindre rapport eller enskilda variabler; fråga sedan tillverkaren.",
  },
  "credentials-unreadable": {
    title: "Det som skickades är inget användarnamn och lösenord",
    cure: "Insläppt, eftersom inget lösenord krävs. Fråga tillverkaren: det ska vara identitet, kolon och lösenord i base64.",
  },
  "no-connection-upgrade": {
    title: "Handskakningen saknar 'Connection: Upgrade'",
    cure: "Godtas ändå. Fråga tillverkaren: andra centralsystem och alla proxyservrar avvisar den.",
  },
  "odd-request-line": {
    title: "Begärans första rad är inte riktigt som den ska",
    cure: "Läses ändå. Fråga tillverkaren: den skrivs GET /sökväg HTTP/1.1.",
  },
  "bad-header": {
    title: "Ett fält i handskakningen är felaktigt eller saknas",
    cure: "Plugside gick vidare utan det. Fråga tillverkaren.",
  },
  "url-in-path": {
    title: "En hel adress står i sökvägen",
    cure: "Skriv protokoll, värd och port i egna fält i laddstationen, och i fältet för sökväg eller identitet bara det som kommer efter dem.",
  },
  "identity-in-query": {
    title: "Identiteten står efter ett frågetecken",
    cure: "Skriv den i slutet av sökvägen i laddstationen: andra centralsystem hittar ingen.",
  },
  "double-slash": {
    title: "Sökvägen innehåller '//'",
    cure: "Ta bort snedstrecket i slutet av adressen i laddstationen om den själv lägger till ett.",
  },
  "trailing-slash": {
    title: "Sökvägen slutar med ett snedstreck",
    cure: "Ta bort snedstrecket efter identiteten i laddstationens adress: andra centralsystem hittar kanske ingen identitet där.",
  },
  "doubled-identity": {
    title: "Identiteten står två gånger i sökvägen",
    cure: "Laddstationen lägger själv till sin identitet: utelämna den ur adressen.",
  },
  "identity-characters": {
    title: "Identiteten innehåller ovanliga tecken, eller är för lång",
    cure: "Andra centralsystem kan avvisa den: bokstäver, siffror och * - _ = : + | @ . är tillåtna, högst 48.",
  },
};
