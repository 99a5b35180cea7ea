#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges Cupel's classes of personal data by test vectors of another recogniser.

    pii_vectors.py CUPEL VECTORS.jsonl [--failed]

Each vector is a text, an entity and how many of it are expected. It is scanned twice: alone, as it stands, and behind the label
that a person would write before such a value ("PLZ: 10115"), because a number such as 10115 means nothing alone and Cupel is silent
about it on purpose. A positive counts when one of the two scans finds as many as expected, a negative when neither finds any.
The shares of both ways, and the confidence of what was found, are printed apart. Names, dates and places that need language
understanding (PERSON) and patterns that the vectors' user defines (PATTERN) are left out. Where two vectors disagree about one
text (other settings of the recogniser), the answer must be one of the two."""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

# entity -> rules that count as this class, and the label.
ENTITIES = {
    "AU_ABN": ("AU-ABN", "ABN"), "AU_ACN": ("AU-ACN", "ACN"), "AU_TFN": ("AU-TFN", "Tax file number"), "CA_SIN": ("CA-SIN", "Social insurance number"),
    "MEDICAL_LICENSE": ("US-DEA", "DEA number"), "CRYPTO": ("BITCOIN-ADDRESS BITCOIN-SEGWIT-ADDRESS", "Wallet address"),
    "DE_BSNR": ("DE-PRACTICE", "BSNR"), "DE_HANDELSREGISTER": ("DE-COMMERCIAL-REGISTER", "Handelsregister"),
    "DE_KFZ": ("DE-LICENCE-PLATE", "Kennzeichen"), "DE_LANR": ("DE-PHYSICIAN", "LANR"), "DE_PLZ": ("DE-POSTCODE", "PLZ"),
    "DE_SOCIAL_SECURITY": ("DE-SOCIAL-SECURITY", "Rentenversicherungsnummer"), "DE_TAX_ID": ("DE-TAX-ID", "Steuer-ID"),
    "DE_VAT_ID": ("DE-VAT", "USt-IdNr."), "ES_NIF": ("ES-NIF", "NIF"), "ES_PASSPORT": ("ES-PASSPORT", "Pasaporte español"),
    "FI_PERSONAL_IDENTITY_CODE": ("FI-HETU", "Henkilötunnus"), "IN_AADHAAR": ("IN-AADHAAR", "Aadhaar"), "IN_PASSPORT": ("IN-PASSPORT", "Indian passport"),
    "IN_VOTER": ("IN-VOTER", "Voter ID"), "IP_ADDRESS": ("IP-ADDRESS IP-INTERNAL", "IP"), "IT_DRIVER_LICENSE": ("IT-DRIVING-LICENCE", "Patente di guida"),
    "IT_FISCAL_CODE": ("IT-FISCAL-CODE", "Codice fiscale"), "IT_PASSPORT": ("IT-PASSPORT", "Numero di passaporto"), "IT_VAT_CODE": ("IT-VAT", "Partita IVA"),
    "KR_BRN": ("KR-BUSINESS", "사업자등록번호"), "MAC_ADDRESS": ("MAC-ADDRESS", "MAC"), "PH_TIN": ("PH-TIN", "BIR TIN"),
    "PHONE": ("PHONE US-PHONE TR-PHONE CN-MOBILE JP-PHONE IL-PHONE", "Phone"), "SG_NRIC_FIN": ("SG-NRIC", "NRIC"),
    "TR_LICENSE_PLATE": ("TR-LICENCE-PLATE", "Araç plakası"), "TR_NATIONAL_ID": ("TR-KIMLIK", "TC Kimlik No"), "TR_PHONE_NUMBER": ("TR-PHONE", "Telefon numarası"),
    "UK_NHS": ("UK-NHS", "NHS number"), "UK_PASSPORT": ("UK-PASSPORT", "UK passport"), "UK_VEHICLE_REGISTRATION": ("UK-LICENCE-PLATE", "Vehicle registration"),
    "URL": ("", ""), "US_BANK_NUMBER": ("US-BANK-ACCOUNT", "Bank account"), "US_ITIN": ("US-ITIN", "ITIN"), "US_MBI": ("US-MBI", "Medicare ID"),
    "US_NPI": ("US-NPI", "NPI"), "ZA_ID_NUMBER": ("ZA-ID", "South African ID"),
}
LEFT_OUT = ("PERSON", "PATTERN")


def scan(cupel, texts):
    """Findings of each text: list of {rule: [confidence, ...]}."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            with open(os.path.join(folder, f"{number:05}.txt"), "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
        done = subprocess.run([cupel, "scan", "-f", "json", folder], capture_output=True, check=False)
        found = [collections.defaultdict(list) for _ in texts]
        for finding in json.loads(done.stdout)["findings"]:
            number = int(os.path.basename(finding["artifact"])[:5])
            count = 1 + sum(evidence["role"] == "also" for evidence in finding.get("evidence", []))
            found[number][finding["rule"].removeprefix("CUP-PII-")] += [finding["confidence"]] * count
        return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cupel")
    parser.add_argument("vectors")
    parser.add_argument("--failed", action="store_true", help="list the vectors that failed")
    arguments = parser.parse_args()
    with open(arguments.vectors, encoding="utf-8") as stream:
        vectors = [json.loads(line) for line in stream]
    vectors = [v for v in vectors if v["entity"] not in LEFT_OUT]
    unknown = {v["entity"] for v in vectors} - set(ENTITIES)
    if unknown:
        sys.exit(f"pii_vectors: no class for {', '.join(sorted(unknown))}")
    alone = scan(arguments.cupel, [v["text"] for v in vectors])
    labelled = scan(arguments.cupel, [f"{ENTITIES[v['entity']][1]}: {v['text']}" for v in vectors])
    accepted = collections.defaultdict(set)
    for v in vectors:
        accepted[v["entity"], v["text"]].add(v["expected_count"])
    passed, by_entity = 0, collections.defaultdict(lambda: [0, 0])
    positives = collections.Counter()
    negatives = collections.Counter()
    for v, one, two in zip(vectors, alone, labelled):
        rules = ENTITIES[v["entity"]][0].split()
        hits = [[c for rule in rules for c in found.get(rule, [])] for found in (one, two)]
        wanted = accepted[v["entity"], v["text"]]
        counts = [len(h) for h in hits]
        good = all(c == 0 for c in counts) if wanted == {0} else any(c in wanted for c in counts)
        passed += good
        by_entity[v["entity"]][0] += good
        by_entity[v["entity"]][1] += 1
        if v["expected_count"] > 0:
            positives["all"] += 1
            positives["alone"] += counts[0] == v["expected_count"]
            positives["alone, likely or certain"] += counts[0] == v["expected_count"] and "possible" not in hits[0]
            positives["with label"] += counts[1] == v["expected_count"]
            positives["with label, likely or certain"] += counts[1] == v["expected_count"] and "possible" not in hits[1]
        else:
            negatives["all"] += 1
            negatives["silent alone"] += counts[0] == 0
            negatives["silent with label"] += counts[1] == 0
        if not good and arguments.failed:
            print(f"{v['entity']}: wanted {sorted(wanted)}, alone {counts[0]}, with label {counts[1]}: {v['text']!r} {dict(two)}")
    if arguments.failed:
        for name, (good, total) in sorted(by_entity.items()):
            print(f"  {name}: {good} of {total}")
    for table in (positives, negatives):
        total = table.pop("all")
        kind = "positives" if table is positives else "negatives"
        print(f"{total} {kind}: " + ", ".join(f"{name} {count * 100 / total:.1f} %" for name, count in table.items()))
    print(f"{passed} of {len(vectors)} vectors as expected ({passed * 100 / len(vectors):.2f} %)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
