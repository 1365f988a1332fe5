import type { errors as en } from "../../en/shell/errors.ts";

/** Felkoderna i OCPP 1.6: betydelse, trolig orsak, vad man kontrollerar. */
export const errors: typeof en = {
  ConnectorLockFailure: {
    meaning: "Kontakten kunde inte låsas eller låsas upp.",
    cause:
      "Kontakten sitter inte helt i, låset är smutsigt eller kärvar, eller dess motor eller ändlägesbrytare är trasig.",
    check:
      "Tryck i kontakten helt, avlasta kabeln, leta efter smuts eller is och prova sedan att låsa upp. Lyssna efter låsmotorn.",
  },
  EVCommunicationError: {
    meaning: "Laddstationen och bilen förstår inte varandra.",
    cause: "Dålig kontakt i control pilot eller proximity, trasig kabel, eller en bil som talar ISO 15118 på eget vis.",
    check: "Prova en annan kabel och en annan bil. Mät control pilot: +12 V fri, +9 V inkopplad, +6 V laddar.",
  },
  GroundFailure: {
    meaning: "Jordfelsskyddet har löst ut, eller skyddsjord saknas.",
    cause: "Isolationsfel i kabel, bil eller anläggning, fukt, eller avbrott i skyddsledaren.",
    check:
      "Koppla ifrån bilen. Om felet är kvar: mät anläggningens isolation och jord. Om det försvinner: prova en annan kabel och bil. Återställ jordfelsbrytaren för hand om den inte återställs själv.",
  },
  HighTemperature: {
    meaning: "Det är för varmt i laddstationen.",
    cause: "Sol, igensatt ventilation, en lös plint som blir varm, eller för hög ström för platsen.",
    check:
      "Leta efter lösa eller missfärgade plintar, rengör filter och fläktar, ge skugga. Sänk strömmen och se om felet kommer tillbaka.",
  },
  InternalError: {
    meaning: "Ett fel i laddstationens egen hårdvara eller programvara.",
    cause: "Vad som helst inuti; tillverkarens kod och laddstationens logg säger mer.",
    check:
      "Notera tillverkarens kod, starta om laddstationen och hämta dess diagnostik. Se om det finns nyare programvara.",
  },
  LocalListConflict: {
    meaning: "Laddstationens egen kortlista stämmer inte med centralsystemets.",
    cause: "Listan ändrades bara på ena sidan, eller dess versionsnummer återanvändes.",
    check: "Sänd den lokala listan på nytt i sin helhet, med högre versionsnummer.",
  },
  OtherError: {
    meaning: "Ett fel som OCPP inte har något ord för.",
    cause: "Tillverkarens kod och information säger vad det är.",
    check: "Slå upp tillverkarens kod i tillverkarens manual.",
  },
  OverCurrentFailure: {
    meaning: "Bilen tog mer ström än den fick.",
    cause:
      "En bil som inte följer control pilot, kortslutning i kabel eller bil, eller fel strömgräns i laddstationen.",
    check:
      "Prova en annan bil. Jämför laddstationens ströminställning med säkring och kabel, och kabelns märkström (proximity-motståndet).",
  },
  OverVoltage: {
    meaning: "Matningsspänningen är över gränsen.",
    cause: "Hög nätspänning, ofta med solceller i närheten, eller avbrott i neutralledaren.",
    check:
      "Mät varje fas mot neutral: 230 V inom 10 %. Stora skillnader mellan faserna tyder på avbrott i neutralledaren: slå av.",
  },
  PowerMeterFailure: {
    meaning: "Energimätaren kan inte läsas.",
    cause: "Lös anslutning till mätaren, fel adress eller hastighet på dess buss, eller en trasig mätare.",
    check: "Titta på mätarens display. Kontrollera bussens ledare (A och B), avslutning och mätarens adress.",
  },
  PowerSwitchFailure: {
    meaning: "Kontaktorn gör inte som den blir tillsagd.",
    cause: "Svetsade kontakter, trasig spole, eller fel på återkopplingen.",
    check:
      "Slå av laddstationen och mät över kontaktorn. Om kontakterna är svetsade finns spänning i uttaget: använd det inte.",
  },
  ReaderFailure: {
    meaning: "Kortläsaren svarar inte.",
    cause: "Lös kabel till läsaren, fukt, eller en trasig läsare.",
    check: "Starta om laddstationen, kontrollera läsarens kabel. Laddningar kan fortfarande startas härifrån.",
  },
  ResetFailure: {
    meaning: "En omstart kunde inte genomföras.",
    cause: "En laddning som inte går att avsluta, eller ett program som har hängt sig.",
    check: "Stoppa laddningen och prova en hård omstart. Om det inte heller går, bryt strömmen en halv minut.",
  },
  UnderVoltage: {
    meaning: "Matningsspänningen är under gränsen.",
    cause: "Klen eller lång matarkabel, fasbortfall, en lös plint, eller för stor last på platsen.",
    check: "Mät varje fas vid laddstationen med och utan last. Ett stort fall under last pekar på kabel eller plintar.",
  },
  WeakSignal: {
    meaning: "Den trådlösa förbindelsen är svag.",
    cause: "Dålig täckning för mobilnät eller Wi-Fi, eller en antenn som är lös eller inbyggd i metall.",
    check: "Kontrollera antennen och dess kontakt, prova en annan operatör eller en kabel.",
  },
};
