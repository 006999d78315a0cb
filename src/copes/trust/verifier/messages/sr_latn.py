"""The verifier's sentences: Serbian, Latin script."""

from __future__ import annotations

MESSAGES_SR_LATN: dict[str, str] = {
    "title_dossier": "Provera dosijea {path}",
    "title_ledger": "Provera knjige {path}",
    "practice": ("VEŽBA. Ovo je iz vežbovne knjige (PRACTICE): vežba koja ništa ne dokazuje o stvarnim događajima."),
    "case": "Predmet: {number}",
    "origin": "Knjiga: {origin}",
    "fingerprint": "Otisak ključa knjige (SHA-256):",
    "fingerprint_advice": "Uporedite ga, cifru po cifru, sa otiskom koji je služba objavila ili odštampala.",
    "numbers": (
        "Dokazano: zapisa {records}, potpisa {signatures}, dokaza uključenosti {inclusion}, otkrivenih "
        "polja {disclosures}, dokaznih predmeta sa neprekinutim lancem čuvanja {exhibits}, supotpisa "
        "{cosignatures}; veličina knjige {size}. Zadržanih polja: {withheld} (zacrnjenih {redacted}, "
        "izbrisanih {erased})."
    ),
    "title_held": "Šta je provereno i važi",
    "title_failed": "Šta NIJE PROŠLO",
    "title_unchecked": "Šta nije moglo da se proveri",
    "more": "… i još {count} iste vrste.",
    "verdict_holds": "ISHOD: sve što je provereno važi.",
    "verdict_failed": ("ISHOD: NIJE PROŠLO. Ne oslanjajte se na ovo dok se svaka greška ne objasni. Grešaka: {count}."),
    "verdict_not_anchored": (
        "ISHOD: samo po sebi dosledno, ali NEUSIDRENO: ništa spolja ne govori čija je ovo knjiga. "
        "Dajte ključ knjige (--key) ili spisak poznatih knjiga (--known)."
    ),
    "misused": "Naredba se ovako ne može izvršiti: {detail}",
    "unreadable_absent": "{path}: nema takve datoteke ni fascikle.",
    "unreadable_neither": "{path}: ovo nije ni dosije (nema bagit.txt) ni knjiga (nema checkpoint).",
    "unreadable_too_much": "{path}: previše datoteka ili bajtova za dosije.",
    "unreadable_damaged": "{path}: ne može se pročitati ({detail}).",
    "subject_record": "Zapis {index} ({name})",
    "subject_exhibit": "Dokazni predmet {name}",
    "subject_file": "Datoteka {name}",
    "subject_checkpoint": "Kontrolna tačka",
    "held_bag": ("svaka datoteka je navedena u manifestima paketa i ima tamo navedeni SHA-256. Datoteka: {count}."),
    "held_checkpoint": "potpisana ključem knjige; knjiga je imala zapisa: {size}.",
    "held_cosigned": "supotpisnik {name}, {time}.",
    "held_quorum": "supotpisnika {number}; traženo {quorum}.",
    "held_age": "dovoljno nova; najnovije navedeno vreme: {time}.",
    "held_key_known": "Ključ knjige je onaj koji poznajete za {origin}.",
    "held_same": "ista kao kontrolna tačka koju imate, pri {size} zapisa.",
    "held_consistent": "nastavlja kontrolnu tačku koju imate: njenih {held} zapisa čine početak ovih {size}.",
    "held_inclusion": "Svaki zapis stoji na svom mestu u knjizi od {size} zapisa. Zapisa: {count}.",
    "held_signatures": ("Svaki zapis je potpisan ključem koji je važio na njegovom mestu u knjizi. Potpisa: {count}."),
    "held_issued": "potpisani spisak odgovara onome što je ovde: zapisa {records}, datoteka {files}.",
    "held_manifest": "ne tvrdi ništa osim dokazanog.",
    "held_custody": (
        "Lanac čuvanja svakog dokaznog predmeta je neprekinut, od nastanka do sadašnjeg čuvara. "
        "Dokaznih predmeta: {count}."
    ),
    "held_exhibit_files": "Svaku datoteku navodi zapis upravo o tom dokaznom predmetu. Datoteka: {count}.",
    "held_pdf_facts": "govori ono što govore zapisi. Upoređenih činjenica: {count}.",
    "held_pdf_text": "njegov vidljivi tekst sadrži te činjenice. Nađenih vrednosti: {count}.",
    "held_tree": "Zapisi knjige ({size}) daju koren koji kontrolna tačka navodi.",
    "held_tiles": "Svaka pločica i svaki svežanj odgovaraju stablu. Datoteka: {count}.",
    "bag_unsafe_name": "ovo ime nije bezbedno: moglo bi da izađe iz fascikle ili da se čita na dva načina.",
    "bag_alike_names": "neki sistemi ne razlikuju ovo ime od {other}.",
    "bag_odd_file": "nije obična datoteka ovog dosijea (veza, uređaj, udvojena ili apsolutna putanja).",
    "bag_manifest_text": "nije tekst u UTF-8.",
    "bag_line": "red {line} nije kontrolni zbir i ime.",
    "bag_line_twice": "red {line} navodi {name} drugi put.",
    "bag_declaration": "ne objavljuje BagIt 1.0 u UTF-8.",
    "bag_extra_file": "nalazi se u dosijeu, ali ne i u njegovom manifestu.",
    "bag_missing_file": "nalazi se u manifestu, ali ne i u dosijeu.",
    "bag_digest": "izmenjena je: nema SHA-256 koji manifest navodi.",
    "bag_oxum": "navodi drugačiji broj datoteka ili bajtova od stvarnog.",
    "file_missing": "nedostaje.",
    "file_unreadable": "ne može se pročitati: {detail}",
    "file_unknown": "nije datoteka koju format predviđa; upoređen je samo kontrolni zbir.",
    "lines_invalid": "ima prazan red ili je poslednji red odsečen.",
    "json_invalid": "nije JSON koji svi čitaju isto: {detail}",
    "record_field": "polje {field} nedostaje, nepoznato je ili neispravno.",
    "claim_differs": (
        "tvrdi više ili nešto drugo nego što je dokazano, u {field}: tvrdi se {claimed}, dokazano {proven}."
    ),
    "cosigners_differ": ("navodi druge supotpisnike nego kontrolna tačka: tvrdi se {claimed}, prisutni {proven}."),
    "vkey_invalid": "ovo nije ključ za proveru: {detail}",
    "ledger_key_absent": "ključ za {origin} nije pored knjige niti je dat.",
    "ledger_key_differs": "navodi drugi ključ knjige od onog koji je potpisao kontrolnu tačku.",
    "key_mismatch": (
        "Ključ knjige NIJE onaj koji poznajete za {origin}: ovo je potpisano drugim ključem. Otisak "
        "poznatog ključa: {known}."
    ),
    "checkpoint_invalid": "nije kontrolna tačka potpisana ključem knjige: {detail}",
    "anchor_other": "nije od iste knjige i ključa kao kontrolna tačka koju imate: {detail}",
    "anchor_differs": ("razlikuje se od kontrolne tačke koju imate pri istoj veličini {size}: istorija je prepisana."),
    "anchor_inconsistent": (
        "ne nastavlja kontrolnu tačku koju imate (zapisa {held}; ovde {size}): istorija je prepisana."
    ),
    "consistency_absent": ("imate kontrolnu tačku od {held} zapisa; ovde nema dokaza da je ova od {size} nastavlja."),
    "stale_size": "zastarela je: imate noviju od {held} zapisa, ova ima {size}.",
    "stale_age": "zastarela je: najnovije vreme koje navodi je {time}, starije nego što prihvatate.",
    "from_future": "navodi vreme {time}, koje još nije došlo.",
    "newest_unknown": "da li je najnovija; najnovije vreme koje navodi je {time}.",
    "quorum_missed": "premalo supotpisnika: {number}, traženo {quorum}.",
    "cosigned_early": "{name}: supotpis {time} stariji je od zapisa koje obuhvata.",
    "cosigner_key_absent": "supotpis {name}: ključ nije dat.",
    "cosigner_other_key": "supotpis na ime {name} nije načinjen ključem koji ste dali.",
    "record_invalid": "nema oblik zapisa: {detail}",
    "record_iss": "iz druge je knjige: navodi {stated}, a ne {origin}.",
    "record_case": "iz drugog je predmeta: {stated}.",
    "record_twice": "njegovu oznaku već ima drugi zapis.",
    "record_order": "nije po redu (red {line}): zapisi su premešteni ili udvojeni.",
    "record_not_included": "nije u knjizi na ovom mestu: izmenjen je, dodat ili premešten.",
    "proof_invalid": "red {line} nije dokaz.",
    "proof_other": "dokaz u njegovom redu je za zapis {stated}.",
    "proofs_number": "sadrži {proofs} dokaza za {records} zapisa.",
    "first_record_absent": "nedostaje prvi zapis knjige; bez njega se nijedan ključ ne može proveriti.",
    "first_record_place": "ovde stoji zapis o nastanku čvora; to može biti samo zapis 0.",
    "first_record_key": "nije potpisan ključem čvora koji navodi.",
    "practice_origin": "vežba i ime knjige {origin} protivreče jedno drugom.",
    "signature_invalid": "potpis ne važi: zapis je izmenjen ili falsifikovan.",
    "key_unknown": "potpisan ključem {kid}, koji pre ovog mesta u knjizi nije bio upisan.",
    "key_revoked": "ključ {kid} je ranije opozvan zapisom {at}.",
    "key_replaced": "ključ {kid} je ranije zamenjen zapisom {at}.",
    "key_early": "ključ {kid} tada još nije važio.",
    "key_expired": "ključ {kid} je tada već istekao.",
    "key_form": "ključ je neispravan ili nebezbedan: {detail}",
    "key_kid": "{kid} nije otisak ključa uz koji stoji.",
    "key_again": "ključ {kid} je već bio upisan i ne može ponovo.",
    "key_possession": "ništa ne dokazuje da nosilac ključa {kid} njime raspolaže.",
    "key_owner": "ključ {kid} ne pripada službeniku {officer}.",
    "key_role": "ključ službenika {officer} promenio je neko ko nije ni taj službenik ni administrator.",
    "key_assurance": "navodi da se ključ čuva kao {stated}; upisan je kao {enrolled}.",
    "officer_role": "uloge službenika {officer} promenio je neko ko nije administrator.",
    "actor_node": "potpisao ga je čvor, ali kaže da je postupao neko drugi.",
    "actor_officer": (
        "kao onoga ko je postupao navodi službenika {stated}, a potpisan je ključem službenika {officer}."
    ),
    "actor_agency": "navodi službu {stated}, a ključ pripada službi {agency}.",
    "actor_role": "službenik {officer} postupa kao {stated}, a tu ulogu nije imao.",
    "time_backward": "upisan je {seconds} sekundi pre zapisa koji u knjizi stoji ranije.",
    "time_ahead": "kaže da se radnja dogodila nakon što je upisana.",
    "reference_self": "poziva se na samog sebe.",
    "reference_absent": "poziva se na zapis {target}, kojeg ovde pre njega nema.",
    "device_chain": "ne nastavlja zapise svog uređaja (brojač {counter}).",
    "issued_absent": "Zapis o izdavanju dosijea na kraju nedostaje ili ne važi: dosije je odsečen.",
    "issued_record_missing": "Nedostaje zapis {record}: bio je na spisku kada je dosije izdat.",
    "issued_record_added": "Zapis {record} je dodat: nije bio na spisku kada je dosije izdat.",
    "issued_records": "Zapisi nisu oni, ili nisu onim redom, sa spiska kada je dosije izdat.",
    "issued_files": "Datoteke nisu one sa spiska kada je dosije izdat.",
    "issued_file_added": "dodata je nakon izdavanja dosijea.",
    "issued_file_differs": "zamenjena je nakon izdavanja dosijea.",
    "issued_withheld": "navodi {claimed} zadržanih polja; zadržano je {proven}.",
    "withheld_unlisted": "polje u {path} je zadržano, a manifest ga ne navodi.",
    "withheld_unfounded": "navodi {path} zapisa {record} kao zadržano, a nije.",
    "withheld_path": "navodi zadržano polje na pogrešnom mestu {path}.",
    "withheld_unknown": (
        "Šta govore zadržana polja; njihova imena i razlozi zadržavanja su reč izdavaoca. Polja: {count}."
    ),
    "erased_unrecorded": "{path}: kaže se da je izbrisano; zapisa o brisanju ovde nema.",
    "case_number_unrecorded": "Broj predmeta: nijedan zapis ovde ga ne navodi.",
    "manifest_exhibit_twice": "navodi dokazni predmet dvaput.",
    "manifest_exhibit_unknown": "u manifestu je, ali ga nijedan zapis ne stvara.",
    "manifest_exhibit_absent": "stvara ga zapis, ali ga manifest ne navodi.",
    "manifest_exhibit_number": "manifest ga zove {claimed}.",
    "manifest_exhibit_files": "manifest navodi druge datoteke, a ne one koje postoje.",
    "manifest_holder": "manifest kaže da ga čuva {claimed}; po zapisima to je {proven}.",
    "exhibit_folder_twice": "njegove datoteke bile bi u istoj fascikli sa datotekama dokaznog predmeta {other}.",
    "exhibit_file_foreign": "leži u fascikli koja ne pripada nijednom dokaznom predmetu.",
    "exhibit_file_swapped": "pripada dokaznom predmetu {other}: datoteke su zamenjene među dokaznim predmetima.",
    "exhibit_file_unstated": "nijedan zapis je ne navodi za dokazni predmet {number}.",
    "exhibit_file_name": "nosi drugo ime nego što zapis navodi: {stated}.",
    "photographs_absent": "fotografija koje zapisi navode, a nema ih u dosijeu: {count}.",
    "custody_created_twice": "po drugi put ga stvara zapis {record}.",
    "custody_number_twice": "drugi dokazni predmet ima isti broj (zapis {record}).",
    "custody_never_created": "zapis {record} premešta dokazni predmet koji nijedan zapis ne stvara.",
    "custody_not_actor": "zapis {record} navodi nekog drugog, a ne onoga ko je postupao.",
    "custody_already_released": (
        "zapis {record} ga predaje dok je ranija predaja još otvorena: čuvalo bi ga dvoje istovremeno."
    ),
    "custody_not_holder": "zapis {record} ga predaje u ime nekoga ko ga ne čuva.",
    "custody_release_unknown": "zapis {record} odgovara na predaju koje nema ili na koju je već odgovoreno.",
    "custody_not_in_release": ("zapis {record} ga preuzima, ali ga ta predaja ne obuhvata ili više ne obuhvata."),
    "custody_not_receiver": "zapis {record}: primio ga je ili odbio neko kome nije predat.",
    "custody_not_releaser": "zapis {record} poništava predaju koju je učinio neko drugi.",
    "custody_before_release": "zapis {record} kaže da je primljen pre nego što je predat.",
    "custody_before_seizure": "zapis {record} kaže da je predat pre nego što je oduzet.",
    "custody_other_case": "zapis {record} ga premešta, a pripada drugom predmetu.",
    "seizure_twice": "Isto oduzimanje upisano je dvaput (zapis {record}).",
    "seizure_corrects": "Zapis {record} ne ispravlja nijedan raniji zapis svog oduzimanja u ovom predmetu.",
    "seizure_absent": "da li je oduzet pre nego što je predat: njegovog oduzimanja ovde nema.",
    "pdf_no_facts": "ne nosi činjenice kao podatke koji bi se mogli uporediti.",
    "pdf_facts_many": "nosi dva različita spiska činjenica.",
    "pdf_facts_invalid": "njegove činjenice se ne mogu pročitati: {detail}",
    "pdf_record_absent": "izveštaj se poziva na zapis {record} ({path}), kojeg ovde nema.",
    "pdf_fact_nowhere": "izveštaj prikazuje {path}, što zapis ne navodi.",
    "pdf_fact_differs": "izveštaj govori drugo nego zapis u {path}: izveštaj {pdf}, zapis {stated}.",
    "pdf_text_absent": "njegov vidljivi tekst ne sadrži {path} zapisa {record}.",
    "pdf_text_unchecked": "da li je njegov vidljivi tekst jednak činjenicama (programa pdftotext ovde nema).",
    "pdf_text_skipped": (
        "vrednosti prikazane u obliku čitaočevog jezika (datumi, šifre) ili pisane zdesna nalevo, "
        "koje zato nisu tražene u vidljivom tekstu: {count}."
    ),
    "pdf_pictures": "da li njegove slike i prelom dovode u zabludu.",
    "content_not_compared": "kontrolni zbir je potpisan; sadržaj nije upoređen sa zapisima.",
    "truth_unknown": "Da li je istina ono što su službenici napisali.",
    "completeness_unknown": ("Da li knjiga ima još zapisa o ovom predmetu; to može da pokaže samo onaj ko je vodi."),
    "roles_unknown": (
        "Da li su službenici imali uloge u kojima su postupali; zapisa o njihovim ulogama ovde nema. "
        "Službenika: {count}."
    ),
    "timestamp_absent": (
        "Spoljni časovnik: nema vremenskog žiga RFC 3161. Navedena vremena su vremena čvora i supotpisnika."
    ),
    "records_absent": "Potpisi, ključevi i čuvanje: samih zapisa ovde nema, samo njihovi heševi.",
    "ledger_number": ("Knjiga je odsečena ili dopunjena: ovde je zapisa {found}, kontrolna tačka navodi {size}."),
    "ledger_root": ("Zapisi ({size}) ne daju koren kontrolne tačke: zapis je izmenjen, uklonjen ili premešten."),
    "tile_differs": "ne odgovara stablu: izmenjena je.",
    "tile_missing": "nedostaje u knjizi.",
    "tile_unknown": "nije ime pločice.",
    "tiles_absent": "Pločice: ovde ih nema.",
    "tiles_beyond": "Datoteka pločica iza kontrolne tačke: {count}.",
    "verdict_growth_unproven": (
        "REZULTAT: dosledno samo po sebi, ali NIJE DOKAZANO da je evidencija porasla od kontrolne "
        "tačke koju imate do ove. Zatražite od organa dosije s tim dokazom ili proverite celu "
        "evidenciju sa --checkpoint."
    ),
    "records_after": "šta stoji u evidenciji posle poslednjeg zapisa ovog dosijea. Zapisa koji slede: {count}.",
    "report_unread": "nije pročitan: to nije izveštaj koji je izdat.",
    "custody_to_oneself": "zapis {record} predaje ga istom licu koje ga predaje.",
    "custody_foreign_holder": (
        "zapis {record} stavlja ga u ruke nekome ko ga nije evidentirao niti je jedan od službenika koji su ga oduzeli."
    ),
    "custody_created_early": "zapis {record} uvodi ga pre nego što je oduzet.",
    "photograph_not_holder": "zapis {record} navodi fotografiju koju je snimio neko ko ga nije držao.",
    "photograph_twice": "zapis {record} navodi fotografiju koja je već navedena za dokazni predmet {other}.",
    "key_self_enrolled": (
        "službenik {officer} je sam sebi upisao još jedan ključ; službenik može samo da zameni svoj."
    ),
    "key_self_assurance": (
        "službenik {officer} je svoj ključ zamenio ključem za koji se kaže da je bolje čuvan: "
        "{stated} umesto {enrolled}."
    ),
    "key_other_agency": ("daje službeniku {officer} ključ organa {stated}; taj službenik je upisan u organ {agency}."),
    "administrator_unproven": (
        "menja ključeve ili uloge kao administrator, ali nijedan zapis ovde ne kaže da službenik {officer} to jeste."
    ),
    "pdf_fact_missing": "izveštaj ne navodi {path}, što svaki izveštaj mora.",
    "issued_withheld_list": "Spisak izostavljenih polja u manifestu (mesta i razlozi) nije onaj koji je potpisan.",
}
