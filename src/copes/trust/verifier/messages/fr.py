"""The verifier's sentences: French."""

from __future__ import annotations

MESSAGES_FR: dict[str, str] = {
    "title_dossier": "Vérification du dossier {path}",
    "title_ledger": "Vérification du registre {path}",
    "practice": "EXERCICE. Ceci provient d'un registre d'exercice (PRACTICE) et ne prouve rien sur des faits réels.",
    "case": "Affaire : {number}",
    "origin": "Registre : {origin}",
    "fingerprint": "Empreinte de la clé du registre (SHA-256) :",
    "fingerprint_advice": "Comparez-la, chiffre par chiffre, à l'empreinte que le service a publiée ou imprimée.",
    "numbers": (
        "Prouvés : enregistrements {records}, signatures {signatures}, preuves d'inclusion {inclusion}, champs "
        "divulgués {disclosures}, pièces à conviction à la garde ininterrompue {exhibits}, cosignatures "
        "{cosignatures} ; taille du registre {size}. Champs retenus : {withheld} (occultés {redacted}, effacés "
        "{erased})."
    ),
    "title_held": "Ce qui a été vérifié et est valide",
    "title_failed": "Ce qui a ÉCHOUÉ",
    "title_unchecked": "Ce qui n'a pas pu être vérifié",
    "more": "… et {count} autres du même genre.",
    "verdict_holds": "RÉSULTAT : tout ce qui a été vérifié est valide.",
    "verdict_failed": (
        "RÉSULTAT : ÉCHEC. Ne vous y fiez pas tant que chaque échec n'est pas expliqué. Échecs : {count}."
    ),
    "verdict_not_anchored": (
        "RÉSULTAT : cohérent en soi, mais NON ANCRÉ : rien d'extérieur ne dit à qui est ce registre. Indiquez la "
        "clé du registre (--key) ou une liste de registres connus (--known)."
    ),
    "misused": "La commande ne peut pas être exécutée telle quelle : {detail}",
    "unreadable_absent": "{path} : ce fichier ou répertoire n'existe pas.",
    "unreadable_neither": "{path} : ce n'est ni un dossier (pas de bagit.txt) ni un registre (pas de checkpoint).",
    "unreadable_too_much": "{path} : trop de fichiers ou d'octets pour un dossier.",
    "unreadable_damaged": "{path} : illisible ({detail}).",
    "subject_record": "Enregistrement {index} ({name})",
    "subject_exhibit": "Pièce à conviction {name}",
    "subject_file": "Fichier {name}",
    "subject_checkpoint": "Point de contrôle",
    "held_bag": "chaque fichier figure aux manifestes du paquet avec le SHA-256 indiqué. Fichiers : {count}.",
    "held_checkpoint": "signé avec la clé du registre ; le registre comptait {size} enregistrements.",
    "held_cosigned": "{name} l'a cosigné le {time}.",
    "held_quorum": "{number} cosignataires ont signé ; {quorum} étaient demandés.",
    "held_age": "aussi récent que demandé ; dernière heure indiquée : {time}.",
    "held_key_known": "La clé du registre est celle que vous connaissez pour {origin}.",
    "held_same": "identique au point de contrôle que vous détenez, à {size} enregistrements.",
    "held_consistent": (
        "prolonge le point de contrôle que vous détenez : ses {held} enregistrements sont le début de ces {size}."
    ),
    "held_inclusion": (
        "Chaque enregistrement est à son rang dans le registre de {size} enregistrements. Enregistrements : {count}."
    ),
    "held_signatures": (
        "Chaque enregistrement est signé avec une clé valable à son rang dans le registre. Signatures : {count}."
    ),
    "held_issued": "la liste signée correspond à ce qui est ici : {records} enregistrements et {files} fichiers.",
    "held_manifest": "n'affirme que ce qui a été prouvé.",
    "held_custody": (
        "La chaîne de garde de chaque pièce est continue, de sa création à son détenteur actuel. Pièces : {count}."
    ),
    "held_exhibit_files": (
        "Chaque fichier de pièce est mentionné par un enregistrement portant sur cette pièce même. Fichiers : {count}."
    ),
    "held_pdf_facts": "dit ce que disent les enregistrements. Faits comparés : {count}.",
    "held_pdf_text": "son texte visible contient ces faits. Valeurs trouvées : {count}.",
    "held_tree": "Les {size} entrées du registre donnent la racine indiquée par le point de contrôle.",
    "held_tiles": "Chaque tuile et chaque lot correspond à l'arbre. Fichiers : {count}.",
    "bag_unsafe_name": "ce nom n'est pas sûr : il pourrait sortir du répertoire ou se lire de deux façons.",
    "bag_alike_names": "certains systèmes ne distinguent pas ce nom de {other}.",
    "bag_odd_file": "n'est pas un simple fichier de ce dossier (lien, périphérique, chemin en double ou absolu).",
    "bag_manifest_text": "n'est pas du texte UTF-8.",
    "bag_line": "la ligne {line} n'est pas une somme de contrôle suivie d'un nom.",
    "bag_line_twice": "la ligne {line} cite {name} une seconde fois.",
    "bag_declaration": "ne déclare pas BagIt 1.0 en UTF-8.",
    "bag_extra_file": "se trouve dans le dossier mais pas dans son manifeste.",
    "bag_missing_file": "figure au manifeste mais pas dans le dossier.",
    "bag_digest": "a été modifié : il n'a pas le SHA-256 indiqué au manifeste.",
    "bag_oxum": "indique un nombre de fichiers ou d'octets différent du nombre réel.",
    "file_missing": "manque.",
    "file_unreadable": "illisible : {detail}",
    "file_unknown": "n'est pas un fichier prévu par le format ; seule sa somme de contrôle a été comparée.",
    "lines_invalid": "a une ligne vide, ou sa dernière ligne est coupée.",
    "json_invalid": "n'est pas un JSON que tous les lecteurs interprètent de la même façon : {detail}",
    "record_field": "le champ {field} manque, est inconnu ou mal formé.",
    "claim_differs": (
        "affirme plus que ce qui est prouvé, ou autre chose, dans {field} : affirmé {claimed}, prouvé {proven}."
    ),
    "cosigners_differ": (
        "nomme d'autres cosignataires que ceux du point de contrôle : affirmés {claimed}, présents {proven}."
    ),
    "vkey_invalid": "ce n'est pas une clé de vérification : {detail}",
    "ledger_key_absent": "la clé de {origin} n'est ni à côté du registre ni fournie.",
    "ledger_key_differs": "nomme une autre clé de registre que celle qui a signé le point de contrôle.",
    "key_mismatch": (
        "La clé du registre N'EST PAS celle que vous connaissez pour {origin} : ceci a été écrit sous une autre "
        "clé. Empreinte de la clé connue : {known}."
    ),
    "checkpoint_invalid": "n'est pas un point de contrôle signé avec la clé du registre : {detail}",
    "anchor_other": "n'est pas du même registre et de la même clé que le point de contrôle que vous détenez : {detail}",
    "anchor_differs": (
        "diffère du point de contrôle que vous détenez à la même taille {size} : l'historique a été réécrit."
    ),
    "anchor_inconsistent": (
        "ne prolonge pas le point de contrôle que vous détenez ({held} enregistrements ; ici {size}) : "
        "l'historique a été réécrit."
    ),
    "consistency_absent": (
        "vous détenez un point de contrôle à {held} enregistrements ; rien ici ne prouve que celui-ci, à {size}, "
        "le prolonge."
    ),
    "stale_size": "est périmé : vous en détenez un plus récent à {held} enregistrements, celui-ci en a {size}.",
    "stale_age": "est périmé : la dernière heure qu'il indique est {time}, plus ancienne que ce que vous acceptez.",
    "from_future": "indique l'heure {time}, qui n'est pas encore venue.",
    "newest_unknown": "s'il est le plus récent ; la dernière heure qu'il indique est {time}.",
    "quorum_missed": "trop peu de cosignataires : {number} ont signé, {quorum} étaient demandés.",
    "cosigned_early": "{name} a cosigné le {time}, avant que certains des enregistrements couverts n'existent.",
    "cosigner_key_absent": "la cosignature de {name}, dont la clé n'a pas été fournie.",
    "cosigner_other_key": (
        "la cosignature au nom de {name} n'a pas été faite avec la clé que vous avez fournie pour lui."
    ),
    "record_invalid": "n'a pas la forme d'un enregistrement : {detail}",
    "record_iss": "relève d'un autre registre : il nomme {stated} et non {origin}.",
    "record_case": "relève d'une autre affaire : {stated}.",
    "record_twice": "porte un identifiant qu'un autre enregistrement a déjà.",
    "record_order": "n'est pas dans l'ordre (ligne {line}) : des enregistrements ont été déplacés ou doublés.",
    "record_not_included": "n'est pas dans le registre à ce rang : il a été modifié, ajouté ou déplacé.",
    "proof_invalid": "la ligne {line} n'est pas une preuve.",
    "proof_other": "la preuve de sa ligne concerne l'enregistrement {stated}.",
    "proofs_number": "contient {proofs} preuves pour {records} enregistrements.",
    "first_record_absent": "le premier enregistrement du registre manque ; sans lui aucune clé ne peut être vérifiée.",
    "first_record_place": (
        "un enregistrement de création du nœud se trouve ici ; ce ne peut être que l'enregistrement 0."
    ),
    "first_record_key": "n'est pas signé avec la clé de nœud qu'il indique.",
    "practice_origin": "la mention d'exercice et le nom du registre {origin} se contredisent.",
    "signature_invalid": "la signature n'est pas valide : l'enregistrement a été modifié ou falsifié.",
    "key_unknown": "signé avec la clé {kid}, qui n'était pas enrôlée avant ce rang du registre.",
    "key_revoked": "la clé {kid} avait été révoquée par l'enregistrement {at}.",
    "key_replaced": "la clé {kid} avait été remplacée par l'enregistrement {at}.",
    "key_early": "la clé {kid} n'était pas encore valable à ce moment.",
    "key_expired": "la clé {kid} avait expiré à ce moment.",
    "key_form": "la clé est mal formée ou dangereuse : {detail}",
    "key_kid": "{kid} n'est pas l'empreinte de la clé qu'il désigne.",
    "key_again": "la clé {kid} a déjà été enrôlée et ne peut l'être à nouveau.",
    "key_possession": "rien ne prouve que le titulaire de la clé {kid} la possède.",
    "key_owner": "la clé {kid} n'appartient pas à l'agent {officer}.",
    "key_role": "une clé de l'agent {officer} a été changée par quelqu'un qui n'est ni cet agent ni un administrateur.",
    "key_assurance": "dit que la clé est conservée en mode {stated} ; elle a été enrôlée en mode {enrolled}.",
    "officer_role": "les rôles de l'agent {officer} ont été changés par quelqu'un qui n'est pas administrateur.",
    "actor_node": "signé par le nœud, mais dit que quelqu'un d'autre a agi.",
    "actor_officer": "dit que l'agent {stated} a agi, mais est signé avec la clé de l'agent {officer}.",
    "actor_agency": "nomme le service {stated}, mais la clé appartient au service {agency}.",
    "actor_role": "l'agent {officer} agit en tant que {stated}, rôle qu'il n'avait pas.",
    "time_backward": "a été enregistré {seconds} secondes avant un enregistrement placé plus tôt dans le registre.",
    "time_ahead": "dit que l'acte a eu lieu après son enregistrement.",
    "reference_self": "renvoie à lui-même.",
    "reference_absent": "renvoie à l'enregistrement {target}, qui n'est pas ici avant lui.",
    "device_chain": "ne prolonge pas les enregistrements de son appareil (compteur {counter}).",
    "issued_absent": (
        "L'enregistrement qui délivre le dossier manque à la fin ou n'est pas valide : le dossier a été coupé."
    ),
    "issued_record_missing": "L'enregistrement {record} manque : il figurait sur la liste à la délivrance du dossier.",
    "issued_record_added": (
        "L'enregistrement {record} a été ajouté : il ne figurait pas sur la liste à la délivrance du dossier."
    ),
    "issued_records": (
        "Les enregistrements ne sont pas ceux, dans cet ordre, de la liste établie à la délivrance du dossier."
    ),
    "issued_files": "Les fichiers ne sont pas ceux de la liste établie à la délivrance du dossier.",
    "issued_file_added": "a été ajouté après la délivrance du dossier.",
    "issued_file_differs": "a été remplacé après la délivrance du dossier.",
    "issued_withheld": "annonce {claimed} champs retenus ; {proven} le sont.",
    "withheld_unlisted": "un champ de {path} est retenu, mais le manifeste ne le dit pas.",
    "withheld_unfounded": "dit que {path} de l'enregistrement {record} est retenu, mais il ne l'est pas.",
    "withheld_path": "annonce un champ retenu au mauvais endroit {path}.",
    "withheld_unknown": (
        "Ce que disent les champs retenus ; leurs noms et les motifs de leur retenue ne reposent que sur la parole "
        "de l'émetteur. Champs : {count}."
    ),
    "erased_unrecorded": "{path} est dit effacé ; aucun enregistrement de l'effacement n'est ici.",
    "case_number_unrecorded": "Le numéro d'affaire : aucun enregistrement ici ne l'indique.",
    "manifest_exhibit_twice": "cite une pièce deux fois.",
    "manifest_exhibit_unknown": "figure au manifeste, mais aucun enregistrement ne la crée.",
    "manifest_exhibit_absent": "est créée par un enregistrement, mais le manifeste ne la cite pas.",
    "manifest_exhibit_number": "le manifeste l'appelle {claimed}.",
    "manifest_exhibit_files": "le manifeste cite d'autres fichiers que ceux qui sont présents.",
    "manifest_holder": "le manifeste dit que {claimed} la détient ; d'après les enregistrements c'est {proven}.",
    "exhibit_folder_twice": "ses fichiers seraient dans le même répertoire que ceux de la pièce {other}.",
    "exhibit_file_foreign": "se trouve dans un répertoire qui n'est celui d'aucune pièce.",
    "exhibit_file_swapped": "appartient à la pièce {other} : des fichiers ont été échangés entre pièces.",
    "exhibit_file_unstated": "n'est mentionné par aucun enregistrement pour la pièce {number}.",
    "exhibit_file_name": "porte un autre nom que celui de l'enregistrement : {stated}.",
    "photographs_absent": "photographies mentionnées par les enregistrements et absentes du dossier : {count}.",
    "custody_created_twice": "est créée une seconde fois par l'enregistrement {record}.",
    "custody_number_twice": "une autre pièce porte le même numéro (enregistrement {record}).",
    "custody_never_created": "l'enregistrement {record} déplace une pièce qu'aucun enregistrement ne crée.",
    "custody_not_actor": "l'enregistrement {record} nomme une autre personne que celle qui a agi.",
    "custody_already_released": (
        "l'enregistrement {record} la remet alors qu'une remise antérieure est encore ouverte : deux personnes la "
        "détiendraient à la fois."
    ),
    "custody_not_holder": "l'enregistrement {record} la remet au nom de quelqu'un qui ne la détient pas.",
    "custody_release_unknown": (
        "l'enregistrement {record} répond à une remise qui n'existe pas ou à laquelle il a déjà été répondu."
    ),
    "custody_not_in_release": "l'enregistrement {record} la prend, mais cette remise ne la couvre pas ou plus.",
    "custody_not_receiver": (
        "enregistrement {record} : reçue ou refusée par quelqu'un à qui elle n'a jamais été remise."
    ),
    "custody_not_releaser": "l'enregistrement {record} annule une remise faite par quelqu'un d'autre.",
    "custody_before_release": "l'enregistrement {record} dit qu'elle a été reçue avant d'être remise.",
    "custody_before_seizure": "l'enregistrement {record} dit qu'elle a été remise avant d'être saisie.",
    "custody_other_case": "l'enregistrement {record} la déplace, mais relève d'une autre affaire.",
    "seizure_twice": "La même saisie est enregistrée deux fois (enregistrement {record}).",
    "seizure_corrects": (
        "L’enregistrement {record} ne corrige aucun enregistrement antérieur de sa saisie dans cette affaire."
    ),
    "seizure_absent": "si elle a été saisie avant d'être remise : sa saisie n'est pas ici.",
    "pdf_no_facts": "ne contient pas de faits sous forme de données comparables.",
    "pdf_facts_many": "contient deux listes de faits qui diffèrent.",
    "pdf_facts_invalid": "ses faits sont illisibles : {detail}",
    "pdf_record_absent": "le rapport cite l'enregistrement {record} ({path}), qui n'est pas ici.",
    "pdf_fact_nowhere": "le rapport montre {path}, que l'enregistrement ne contient pas.",
    "pdf_fact_differs": (
        "le rapport dit autre chose que l'enregistrement dans {path} : rapport {pdf}, enregistrement {stated}."
    ),
    "pdf_text_absent": "son texte visible ne contient pas {path} de l'enregistrement {record}.",
    "pdf_text_unchecked": "si son texte visible correspond à ses faits (le programme pdftotext n'est pas ici).",
    "pdf_text_skipped": (
        "valeurs présentées selon les usages du lecteur (dates, codes) ou écrites de droite à gauche, non "
        "cherchées dans son texte visible : {count}."
    ),
    "pdf_pictures": "si ses images et sa mise en page induisent en erreur.",
    "content_not_compared": "sa somme de contrôle est signée ; son contenu n'a pas été comparé aux enregistrements.",
    "truth_unknown": "Si ce que les agents ont écrit est vrai.",
    "completeness_unknown": (
        "Si le registre contient d'autres enregistrements de cette affaire ; seul le service qui le tient peut le "
        "montrer."
    ),
    "roles_unknown": (
        "Si des agents avaient les rôles dans lesquels ils ont agi ; les enregistrements de leurs rôles ne sont "
        "pas ici. Agents : {count}."
    ),
    "timestamp_absent": (
        "Une horloge extérieure : il n'y a pas d'horodatage RFC 3161. Les heures sont celles du nœud et des "
        "cosignataires."
    ),
    "records_absent": "Signatures, clés et garde : les enregistrements ne sont pas ici, seulement leurs empreintes.",
    "ledger_number": (
        "Le registre a été coupé ou allongé : {found} entrées sont ici, le point de contrôle en indique {size}."
    ),
    "ledger_root": (
        "Les {size} entrées ne donnent pas la racine du point de contrôle : une entrée a été modifiée, retirée ou "
        "déplacée."
    ),
    "tile_differs": "ne correspond pas à l'arbre : elle a été modifiée.",
    "tile_missing": "manque au registre.",
    "tile_unknown": "n'est pas un nom de tuile.",
    "tiles_absent": "Les tuiles : il n'y en a pas ici.",
    "tiles_beyond": "Fichiers de tuiles au-delà du point de contrôle : {count}.",
    "verdict_growth_unproven": (
        "RÉSULTAT : cohérent en soi, mais il n’est PAS PROUVÉ que le registre a grandi du point "
        "de contrôle que vous détenez jusqu’à celui-ci. Demandez à l’administration un dossier "
        "avec cette preuve, ou vérifiez le registre entier avec --checkpoint."
    ),
    "records_after": (
        "ce qui se trouve dans le registre après le dernier enregistrement de ce dossier. "
        "Enregistrements qui suivent : {count}."
    ),
    "report_unread": "n’a pas été lu : ce n’est pas le rapport qui a été délivré.",
    "custody_to_oneself": "l’enregistrement {record} le remet à la personne même qui le remet.",
    "custody_foreign_holder": (
        "l’enregistrement {record} le place entre les mains d’une personne qui ne l’a pas "
        "enregistré et n’est pas l’un des agents saisissants."
    ),
    "custody_created_early": "l’enregistrement {record} le crée avant sa saisie.",
    "photograph_not_holder": (
        "l’enregistrement {record} indique une photographie prise par une personne qui ne le détenait pas."
    ),
    "photograph_twice": "l’enregistrement {record} indique une photographie déjà indiquée pour la pièce {other}.",
    "key_self_enrolled": (
        "l’agent {officer} a inscrit lui-même une clé supplémentaire ; un agent peut seulement remplacer la sienne."
    ),
    "key_self_assurance": (
        "l’agent {officer} a remplacé sa clé par une autre, dite mieux gardée : {stated} au lieu de {enrolled}."
    ),
    "key_other_agency": (
        "donne à l’agent {officer} une clé de l’administration {stated} ; cet agent a été inscrit "
        "dans l’administration {agency}."
    ),
    "administrator_unproven": (
        "modifie des clés ou des rôles comme administrateur, mais aucun enregistrement ici ne dit "
        "que l’agent {officer} l’est."
    ),
    "pdf_fact_missing": "le rapport n’indique pas {path}, que tout rapport doit indiquer.",
    "issued_withheld_list": (
        "La liste des champs non communiqués du manifeste (emplacements et motifs) n’est pas celle qui a été signée."
    ),
}
