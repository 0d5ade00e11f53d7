"""The numbers of the report that have a name, which people may write in their texts."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.findings import Message, message

NAMES: Mapping[str, Message] = {
    "moduler.antal": message("Moduler"),
    "moduler.i_drift": message("Moduler i drift"),
    "moduler.infors": message("Moduler som införs"),
    "moduler.planerade": message("Planerade moduler"),
    "moduler.avvecklas": message("Moduler som avvecklas"),
    "moduler.avvecklade": message("Avvecklade moduler"),
    "moduler.utan_datum": message("Moduler utan datum"),
    "system.antal": message("Befintliga system"),
    "system.med_plan": message("System med en plan för ersättning"),
    "system.utan_plan": message("System utan en plan för ersättning"),
    "system.utan_kant_slut": message("System där slutet är okänt"),
    "system.med_glapp": message("System med glapp"),
    "funktioner.antal": message("Funktioner i de system som ersätts"),
    "funktioner.med_ersattare": message("Funktioner med en ersättare"),
    "funktioner.utan_ersattare": message("Funktioner utan ersättare"),
    "funktioner.med_glapp": message("Funktioner med glapp"),
    "funktioner.avvecklas": message("Funktioner som avvecklas enligt beslut"),
    "glapp.antal": message("Glapp i planen"),
    "glapp.sakra": message("Säkra glapp"),
    "glapp.mojliga": message("Möjliga glapp"),
    "glapp.utan_slut": message("Glapp utan slut i planen"),
    "glapp.godtagna": message("Godtagna glapp"),
    "glapp.kan_inte_bedomas": message("Funktioner per område som inte kan bedömas"),
    "milstolpar.antal": message("Milstolpar"),
    "milstolpar.klara": message("Milstolpar som är klara"),
    "milstolpar.passerade": message("Milstolpar vars datum har eller kan ha passerat"),
    "milstolpar.framfor": message("Milstolpar framför oss"),
    "milstolpar.utan_datum": message("Milstolpar utan datum"),
    "milstolpar.utan_ansvarig": message("Milstolpar kvar utan ansvarig"),
    "delmal.antal": message("Delmål i färdplanen"),
    "principer.antal": message("Vägledande principer"),
    "beslut.behovs": message("Beslut som behövs"),
    "beslut.for_sent": message("Beslut vars senaste dag har passerat"),
    "risker.antal": message("Risker"),
    "risker.allvarliga": message("Allvarliga risker"),
    "standarder.antal": message("Standarder som används"),
    "standarder.avvikelser": message("Avvikelser från standarder"),
    "uppdrag.pagar": message("Uppdrag som pågår"),
    "uppgifter.antal": message("Uppgifter i underlaget"),
    "uppgifter.fakta": message("Uppgifter som är fakta"),
    "uppgifter.antaganden": message("Uppgifter som är antaganden"),
    "uppgifter.exempel": message("Uppgifter som är exempel"),
    "uppgifter.okanda": message("Uppgifter som är okända"),
}
"""What each number is called, in the order they are told."""
