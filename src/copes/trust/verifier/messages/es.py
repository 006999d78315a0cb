"""The verifier's sentences: Spanish."""

from __future__ import annotations

MESSAGES_ES: dict[str, str] = {
    "title_dossier": "Verificación del expediente {path}",
    "title_ledger": "Verificación del registro {path}",
    "practice": (
        "PRÁCTICA. Esto procede de un registro de práctica (PRACTICE): es un ejercicio y no prueba "
        "nada sobre hechos reales."
    ),
    "case": "Caso: {number}",
    "origin": "Registro: {origin}",
    "fingerprint": "Huella de la clave del registro (SHA-256):",
    "fingerprint_advice": ("Compárela, dígito por dígito, con la huella que el servicio ha publicado o impreso."),
    "numbers": (
        "Probado: asientos {records}, firmas {signatures}, pruebas de inclusión {inclusion}, campos "
        "revelados {disclosures}, objetos con custodia ininterrumpida {exhibits}, cofirmas "
        "{cosignatures}; tamaño del registro {size}. Campos retenidos: {withheld} (tachados "
        "{redacted}, borrados {erased})."
    ),
    "title_held": "Lo que se comprobó y se sostiene",
    "title_failed": "Lo que FALLÓ",
    "title_unchecked": "Lo que no pudo comprobarse",
    "more": "… y {count} más de este tipo.",
    "verdict_holds": "RESULTADO: todo lo comprobado se sostiene.",
    "verdict_failed": ("RESULTADO: FALLÓ. No confíe en ello antes de que se explique cada fallo. Fallos: {count}."),
    "verdict_not_anchored": (
        "RESULTADO: coherente en sí, pero NO ANCLADO: nada exterior dice de quién es este registro. Dé "
        "la clave del registro (--key) o una lista de registros conocidos (--known)."
    ),
    "misused": "La orden no puede ejecutarse así: {detail}",
    "unreadable_absent": "{path}: no existe tal archivo o carpeta.",
    "unreadable_neither": ("{path}: no es ni un expediente (falta bagit.txt) ni un registro (falta checkpoint)."),
    "unreadable_too_much": "{path}: demasiados archivos o bytes para un expediente.",
    "unreadable_damaged": "{path}: no se puede leer ({detail}).",
    "subject_record": "Asiento {index} ({name})",
    "subject_exhibit": "Objeto {name}",
    "subject_file": "Archivo {name}",
    "subject_checkpoint": "Punto de control",
    "held_bag": ("cada archivo figura en los manifiestos del paquete con el SHA-256 indicado. Archivos: {count}."),
    "held_checkpoint": "firmado con la clave del registro; el registro tenía {size} asientos.",
    "held_cosigned": "{name} lo cofirmó el {time}.",
    "held_quorum": "han firmado {number} cofirmantes; se pedían {quorum}.",
    "held_age": "tan reciente como se pedía; última hora indicada: {time}.",
    "held_key_known": "La clave del registro es la que usted conoce para {origin}.",
    "held_same": "igual al punto de control que usted tiene, con {size} asientos.",
    "held_consistent": (
        "continúa el punto de control que usted tiene: sus {held} asientos son el comienzo de estos {size}."
    ),
    "held_inclusion": "Cada asiento está en su lugar en el registro de {size} asientos. Asientos: {count}.",
    "held_signatures": ("Cada asiento está firmado con una clave válida en su lugar del registro. Firmas: {count}."),
    "held_issued": "la lista firmada corresponde a lo que hay aquí: {records} asientos y {files} archivos.",
    "held_manifest": "no afirma más que lo probado.",
    "held_custody": (
        "La cadena de custodia de cada objeto es continua, desde su creación hasta su tenedor actual. Objetos: {count}."
    ),
    "held_exhibit_files": (
        "Cada archivo de un objeto lo declara un asiento sobre ese mismo objeto. Archivos: {count}."
    ),
    "held_pdf_facts": "dice lo que dicen los asientos. Hechos comparados: {count}.",
    "held_pdf_text": "su texto visible contiene esos hechos. Valores hallados: {count}.",
    "held_tree": "Las {size} entradas del registro dan la raíz que indica el punto de control.",
    "held_tiles": "Cada tesela y cada lote encaja en el árbol. Archivos: {count}.",
    "bag_unsafe_name": "este nombre no es seguro: podría salir de la carpeta o leerse de dos maneras.",
    "bag_alike_names": "algunos sistemas no distinguen este nombre de {other}.",
    "bag_odd_file": ("no es un archivo corriente de este expediente (enlace, dispositivo, ruta doble o absoluta)."),
    "bag_manifest_text": "no es texto UTF-8.",
    "bag_line": "la línea {line} no es una suma de comprobación y un nombre.",
    "bag_line_twice": "la línea {line} cita {name} por segunda vez.",
    "bag_declaration": "no declara BagIt 1.0 en UTF-8.",
    "bag_extra_file": "está en el expediente pero no en su manifiesto.",
    "bag_missing_file": "está en el manifiesto pero no en el expediente.",
    "bag_digest": "fue modificado: no tiene el SHA-256 que indica el manifiesto.",
    "bag_oxum": "indica otro número de archivos o bytes que los que hay.",
    "file_missing": "falta.",
    "file_unreadable": "no se puede leer: {detail}",
    "file_unknown": "no es un archivo previsto por el formato; solo se comparó su suma de comprobación.",
    "lines_invalid": "tiene una línea vacía o su última línea está cortada.",
    "json_invalid": "no es un JSON que todo lector lea igual: {detail}",
    "record_field": "el campo {field} falta, es desconocido o está mal formado.",
    "claim_differs": ("afirma más u otra cosa que lo probado, en {field}: afirmado {claimed}, probado {proven}."),
    "cosigners_differ": (
        "nombra otros cofirmantes que los del punto de control: afirmados {claimed}, presentes {proven}."
    ),
    "vkey_invalid": "no es una clave de verificación: {detail}",
    "ledger_key_absent": "la clave de {origin} no está junto al registro ni se ha dado.",
    "ledger_key_differs": "nombra otra clave de registro que la que firmó el punto de control.",
    "key_mismatch": (
        "La clave del registro NO es la que usted conoce para {origin}: esto se escribió con otra "
        "clave. Huella de la clave conocida: {known}."
    ),
    "checkpoint_invalid": "no es un punto de control firmado con la clave del registro: {detail}",
    "anchor_other": "no es del mismo registro y clave que el punto de control que usted tiene: {detail}",
    "anchor_differs": (
        "difiere del punto de control que usted tiene con el mismo tamaño {size}: se reescribió la historia."
    ),
    "anchor_inconsistent": (
        "no continúa el punto de control que usted tiene ({held} asientos; aquí {size}): se reescribió la historia."
    ),
    "consistency_absent": (
        "usted tiene un punto de control de {held} asientos; aquí no hay prueba de que este, de {size}, lo continúe."
    ),
    "stale_size": "está caducado: usted tiene uno más nuevo de {held} asientos, este tiene {size}.",
    "stale_age": "está caducado: la última hora que indica es {time}, anterior a lo que usted acepta.",
    "from_future": "indica la hora {time}, que aún no ha llegado.",
    "newest_unknown": "si es el más nuevo; la última hora que indica es {time}.",
    "quorum_missed": "faltan cofirmantes: han firmado {number}, se pedían {quorum}.",
    "cosigned_early": "{name} cofirmó el {time}, antes de que se hicieran asientos que abarca.",
    "cosigner_key_absent": "la cofirma de {name}, cuya clave no se dio.",
    "cosigner_other_key": "la cofirma a nombre de {name} no se hizo con la clave que usted dio para él.",
    "record_invalid": "no tiene la forma de un asiento: {detail}",
    "record_iss": "es de otro registro: nombra {stated}, no {origin}.",
    "record_case": "es de otro caso: {stated}.",
    "record_twice": "tiene un identificador que ya tiene otro asiento.",
    "record_order": "está fuera de orden (línea {line}): se reordenaron o duplicaron asientos.",
    "record_not_included": "no está en el registro en este lugar: fue modificado, añadido o movido.",
    "proof_invalid": "la línea {line} no es una prueba.",
    "proof_other": "la prueba de su línea es del asiento {stated}.",
    "proofs_number": "contiene {proofs} pruebas para {records} asientos.",
    "first_record_absent": "falta el primer asiento del registro; sin él no puede comprobarse ninguna clave.",
    "first_record_place": "aquí hay un asiento de creación del nodo; solo puede ser el asiento 0.",
    "first_record_key": "no está firmado con la clave de nodo que indica.",
    "practice_origin": "la práctica y el nombre del registro {origin} se contradicen.",
    "signature_invalid": "la firma no se sostiene: el asiento fue modificado o falsificado.",
    "key_unknown": "firmado con la clave {kid}, que no estaba inscrita antes de este lugar del registro.",
    "key_revoked": "la clave {kid} fue revocada antes por el asiento {at}.",
    "key_replaced": "la clave {kid} fue sustituida antes por el asiento {at}.",
    "key_early": "la clave {kid} aún no valía en ese momento.",
    "key_expired": "la clave {kid} había caducado en ese momento.",
    "key_form": "la clave está mal formada o es insegura: {detail}",
    "key_kid": "{kid} no es la huella de la clave a la que acompaña.",
    "key_again": "la clave {kid} ya fue inscrita y no puede inscribirse otra vez.",
    "key_possession": "nada prueba que el titular de la clave {kid} la posea.",
    "key_owner": "la clave {kid} no pertenece al agente {officer}.",
    "key_role": ("una clave del agente {officer} fue cambiada por alguien que no es ese agente ni administrador."),
    "key_assurance": "dice que la clave se guarda como {stated}; se inscribió como {enrolled}.",
    "officer_role": ("las funciones del agente {officer} fueron cambiadas por alguien que no es administrador."),
    "actor_node": "firmado por el nodo, pero dice que actuó otro.",
    "actor_officer": ("dice que actuó el agente {stated}, pero está firmado con la clave del agente {officer}."),
    "actor_agency": "nombra el servicio {stated}, pero la clave es del servicio {agency}.",
    "actor_role": "el agente {officer} actúa como {stated}, función que no tenía.",
    "time_backward": "se asentó {seconds} segundos antes que un asiento anterior en el registro.",
    "time_ahead": "dice que el acto ocurrió después de asentarse.",
    "reference_self": "se refiere a sí mismo.",
    "reference_absent": "se refiere al asiento {target}, que no está aquí antes que él.",
    "device_chain": "no continúa los asientos de su dispositivo (contador {counter}).",
    "issued_absent": ("El asiento que emite el expediente falta al final o no se sostiene: el expediente fue cortado."),
    "issued_record_missing": ("Falta el asiento {record}: figuraba en la lista cuando se emitió el expediente."),
    "issued_record_added": ("El asiento {record} fue añadido: no figuraba en la lista cuando se emitió el expediente."),
    "issued_records": "Los asientos no son los de la lista, en ese orden, de cuando se emitió el expediente.",
    "issued_files": "Los archivos no son los de la lista de cuando se emitió el expediente.",
    "issued_file_added": "fue añadido después de emitirse el expediente.",
    "issued_file_differs": "fue sustituido después de emitirse el expediente.",
    "issued_withheld": "anuncia {claimed} campos retenidos; lo están {proven}.",
    "withheld_unlisted": "un campo de {path} está retenido, pero el manifiesto no lo dice.",
    "withheld_unfounded": "dice que {path} del asiento {record} está retenido, pero no lo está.",
    "withheld_path": "anuncia un campo retenido en el lugar equivocado {path}.",
    "withheld_unknown": (
        "Lo que dicen los campos retenidos; sus nombres y los motivos son palabra del emisor. Campos: {count}."
    ),
    "erased_unrecorded": "se dice que {path} fue borrado; aquí no hay asiento del borrado.",
    "case_number_unrecorded": "El número de caso: ningún asiento de aquí lo indica.",
    "manifest_exhibit_twice": "cita un objeto dos veces.",
    "manifest_exhibit_unknown": "está en el manifiesto, pero ningún asiento lo crea.",
    "manifest_exhibit_absent": "lo crea un asiento, pero el manifiesto no lo cita.",
    "manifest_exhibit_number": "el manifiesto lo llama {claimed}.",
    "manifest_exhibit_files": "el manifiesto cita otros archivos que los que hay.",
    "manifest_holder": "el manifiesto dice que lo tiene {claimed}; según los asientos es {proven}.",
    "exhibit_folder_twice": "sus archivos estarían en la misma carpeta que los del objeto {other}.",
    "exhibit_file_foreign": "está en una carpeta que no es de ningún objeto.",
    "exhibit_file_swapped": "pertenece al objeto {other}: se intercambiaron archivos entre objetos.",
    "exhibit_file_unstated": "no lo declara ningún asiento para el objeto {number}.",
    "exhibit_file_name": "lleva otro nombre que el del asiento: {stated}.",
    "photographs_absent": "fotografías que declaran los asientos y que no están en el expediente: {count}.",
    "custody_created_twice": "lo crea por segunda vez el asiento {record}.",
    "custody_number_twice": "otro objeto tiene el mismo número (asiento {record}).",
    "custody_never_created": "el asiento {record} mueve un objeto que ningún asiento crea.",
    "custody_not_actor": "el asiento {record} nombra a otra persona que la que actuó.",
    "custody_already_released": (
        "el asiento {record} lo entrega mientras sigue abierta una entrega anterior: dos lo tendrían a la vez."
    ),
    "custody_not_holder": "el asiento {record} lo entrega en nombre de quien no lo tiene.",
    "custody_release_unknown": ("el asiento {record} responde a una entrega que no existe o ya fue respondida."),
    "custody_not_in_release": "el asiento {record} lo toma, pero esa entrega no lo abarca o ya no.",
    "custody_not_receiver": "asiento {record}: recibido o rechazado por alguien a quien nunca se entregó.",
    "custody_not_releaser": "el asiento {record} anula una entrega que hizo otra persona.",
    "custody_before_release": "el asiento {record} dice que se recibió antes de entregarse.",
    "custody_before_seizure": "el asiento {record} dice que se entregó antes de incautarse.",
    "custody_other_case": "el asiento {record} lo mueve, pero es de otro caso.",
    "seizure_twice": "La misma incautación está asentada dos veces (asiento {record}).",
    "seizure_absent": "si se incautó antes de entregarse: su incautación no está aquí.",
    "pdf_no_facts": "no lleva hechos como datos que puedan compararse.",
    "pdf_facts_many": "lleva dos listas de hechos que difieren.",
    "pdf_facts_invalid": "sus hechos no pueden leerse: {detail}",
    "pdf_record_absent": "el informe cita el asiento {record} ({path}), que no está aquí.",
    "pdf_fact_nowhere": "el informe muestra {path}, que el asiento no contiene.",
    "pdf_fact_differs": ("el informe dice otra cosa que el asiento en {path}: informe {pdf}, asiento {stated}."),
    "pdf_text_absent": "su texto visible no contiene {path} del asiento {record}.",
    "pdf_text_unchecked": "si su texto visible es igual a sus hechos (no está el programa pdftotext).",
    "pdf_text_skipped": (
        "valores mostrados al modo del lector (fechas, códigos) o escritos de derecha a izquierda, no "
        "buscados en su texto visible: {count}."
    ),
    "pdf_pictures": "si sus imágenes o su composición engañan.",
    "content_not_compared": ("su suma de comprobación está firmada; su contenido no se comparó con los asientos."),
    "truth_unknown": "Si lo que escribieron los agentes es verdad.",
    "completeness_unknown": ("Si el registro tiene más asientos de este caso; solo quien lo lleva puede mostrarlo."),
    "roles_unknown": (
        "Si los agentes tenían las funciones en que actuaron; los asientos de sus funciones no están "
        "aquí. Agentes: {count}."
    ),
    "timestamp_absent": (
        "Un reloj exterior: no hay sello de tiempo RFC 3161. Las horas son las del nodo y de los cofirmantes."
    ),
    "records_absent": "Firmas, claves y custodia: los asientos no están aquí, solo sus huellas.",
    "ledger_number": ("El registro fue cortado o alargado: hay {found} entradas, el punto de control indica {size}."),
    "ledger_root": (
        "Las {size} entradas no dan la raíz del punto de control: una entrada fue modificada, quitada o movida."
    ),
    "tile_differs": "no encaja en el árbol: fue modificada.",
    "tile_missing": "falta en el registro.",
    "tile_unknown": "no es el nombre de una tesela.",
    "tiles_absent": "Las teselas: aquí no hay ninguna.",
    "tiles_beyond": "Archivos de teselas más allá del punto de control: {count}.",
}
