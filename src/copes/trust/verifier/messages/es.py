"""The verifier's sentences: Spanish."""

from __future__ import annotations

MESSAGES_ES: dict[str, str] = {
    "title_dossier": "Verificación del expediente {path}",
    "title_ledger": "Verificación del registro {path}",
    "practice": (
        "PRÁCTICA. Esto procede de un registro de práctica (PRACTICE): es un ejercicio y no prueba nada sobre "
        "hechos reales."
    ),
    "case": "Caso: {number}",
    "origin": "Registro: {origin}",
    "fingerprint": "Huella de la clave del registro (SHA-256):",
    "fingerprint_advice": "Compárela, dígito por dígito, con la huella que el servicio ha publicado o impreso.",
    "numbers": (
        "Probado: asientos {records}, firmas {signatures}, pruebas de inclusión {inclusion}, campos revelados "
        "{disclosures}, piezas con custodia ininterrumpida {exhibits}, cofirmas {cosignatures}; tamaño del "
        "registro {size}. Campos retenidos: {withheld} (tachados {redacted}, borrados {erased})."
    ),
    "title_held": "Lo que se comprobó y es válido",
    "title_failed": "Lo que FALLÓ",
    "title_unchecked": "Lo que no pudo comprobarse",
    "more": "… y {count} más de este tipo.",
    "verdict_holds": "RESULTADO: todo lo comprobado es válido.",
    "verdict_failed": "RESULTADO: FALLÓ. No se fíe de ello mientras no se haya explicado cada fallo. Fallos: {count}.",
    "verdict_not_anchored": (
        "RESULTADO: coherente en sí, pero NO ANCLADO: nada externo dice de quién es este registro. Indique la "
        "clave del registro (--key) o una lista de registros conocidos (--known)."
    ),
    "misused": "La orden no puede ejecutarse tal como se ha dado: {detail}",
    "unreadable_absent": "{path}: no existe ese archivo o carpeta.",
    "unreadable_neither": "{path}: no es ni un expediente (falta bagit.txt) ni un registro (falta checkpoint).",
    "unreadable_too_much": "{path}: demasiados archivos o bytes para un expediente.",
    "unreadable_damaged": "{path}: no se puede leer ({detail}).",
    "subject_record": "Asiento {index} ({name})",
    "subject_exhibit": "Pieza de convicción {name}",
    "subject_file": "Archivo {name}",
    "subject_checkpoint": "Punto de control",
    "held_bag": "cada archivo figura en los manifiestos del paquete con el SHA-256 indicado. Archivos: {count}.",
    "held_checkpoint": "firmado con la clave del registro; el registro tenía {size} asientos.",
    "held_cosigned": "{name} lo cofirmó el {time}.",
    "held_quorum": "han firmado {number} cofirmantes; se pedían {quorum}.",
    "held_age": "tan reciente como se pedía; última hora indicada: {time}.",
    "held_key_known": "La clave del registro es la que usted conoce para {origin}.",
    "held_same": "idéntico al punto de control que usted tiene, con {size} asientos.",
    "held_consistent": (
        "continúa el punto de control que usted tiene: sus {held} asientos son el comienzo de estos {size}."
    ),
    "held_inclusion": "Cada asiento está en su lugar en el registro de {size} asientos. Asientos: {count}.",
    "held_signatures": "Cada asiento está firmado con una clave válida en su lugar del registro. Firmas: {count}.",
    "held_issued": "la lista firmada corresponde a lo que hay aquí: {records} asientos y {files} archivos.",
    "held_manifest": "no afirma más que lo probado.",
    "held_custody": (
        "La cadena de custodia de cada pieza es continua, desde su creación hasta su tenedor actual. Piezas: {count}."
    ),
    "held_exhibit_files": "Cada archivo de una pieza consta en un asiento sobre esa misma pieza. Archivos: {count}.",
    "held_pdf_facts": "dice lo que dicen los asientos. Hechos comparados: {count}.",
    "held_pdf_text": "su texto visible contiene esos hechos. Valores hallados: {count}.",
    "held_tree": "Las {size} entradas del registro dan la raíz que indica el punto de control.",
    "held_tiles": "Cada tesela y cada lote encaja en el árbol. Archivos: {count}.",
    "bag_unsafe_name": "este nombre no es seguro: podría salir de la carpeta o leerse de dos maneras.",
    "bag_alike_names": "algunos sistemas no distinguen este nombre de {other}.",
    "bag_odd_file": "no es un archivo corriente de este expediente (enlace, dispositivo, ruta duplicada o absoluta).",
    "bag_manifest_text": "no es texto UTF-8.",
    "bag_line": "la línea {line} no es una suma de comprobación y un nombre.",
    "bag_line_twice": "la línea {line} cita {name} por segunda vez.",
    "bag_declaration": "no declara BagIt 1.0 en UTF-8.",
    "bag_extra_file": "está en el expediente pero no en su manifiesto.",
    "bag_missing_file": "está en el manifiesto pero no en el expediente.",
    "bag_digest": "fue modificado: no tiene el SHA-256 que indica el manifiesto.",
    "bag_oxum": "indica un número de archivos o de bytes distinto del real.",
    "file_missing": "falta.",
    "file_unreadable": "no se puede leer: {detail}",
    "file_unknown": "no es un archivo previsto por el formato; solo se comparó su suma de comprobación.",
    "lines_invalid": "tiene una línea vacía o su última línea está cortada.",
    "json_invalid": "no es un JSON que todos los lectores interpreten igual: {detail}",
    "record_field": "el campo {field} falta, es desconocido o está mal formado.",
    "claim_differs": "afirma más u otra cosa que lo probado, en {field}: afirmado {claimed}, probado {proven}.",
    "cosigners_differ": (
        "nombra a cofirmantes distintos de los del punto de control: afirmados {claimed}, presentes {proven}."
    ),
    "vkey_invalid": "no es una clave de verificación: {detail}",
    "ledger_key_absent": "la clave de {origin} no está junto al registro ni se ha indicado.",
    "ledger_key_differs": "nombra una clave de registro distinta de la que firmó el punto de control.",
    "key_mismatch": (
        "La clave del registro NO es la que usted conoce para {origin}: esto se escribió con otra clave. Huella de "
        "la clave conocida: {known}."
    ),
    "checkpoint_invalid": "no es un punto de control firmado con la clave del registro: {detail}",
    "anchor_other": "no es del mismo registro y clave que el punto de control que usted tiene: {detail}",
    "anchor_differs": (
        "difiere del punto de control que usted tiene con el mismo tamaño {size}: se reescribió el historial."
    ),
    "anchor_inconsistent": (
        "no continúa el punto de control que usted tiene ({held} asientos; aquí {size}): se reescribió el historial."
    ),
    "consistency_absent": (
        "usted tiene un punto de control de {held} asientos; aquí no hay prueba de que este, de {size}, lo continúe."
    ),
    "stale_size": "está caducado: usted tiene uno más nuevo de {held} asientos, este tiene {size}.",
    "stale_age": "está caducado: la última hora que indica es {time}, anterior a lo que usted acepta.",
    "from_future": "indica la hora {time}, que aún no ha llegado.",
    "newest_unknown": "si es el más nuevo; la última hora que indica es {time}.",
    "quorum_missed": "cofirmantes insuficientes: han firmado {number}, se pedían {quorum}.",
    "cosigned_early": "{name} cofirmó el {time}, antes de que se hicieran asientos que abarca.",
    "cosigner_key_absent": "la cofirma de {name}, cuya clave no se indicó.",
    "cosigner_other_key": "la cofirma a nombre de {name} no se hizo con la clave que usted indicó para él.",
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
    "signature_invalid": "la firma no es válida: el asiento fue modificado o falsificado.",
    "key_unknown": "firmado con la clave {kid}, que no estaba inscrita antes de este lugar del registro.",
    "key_revoked": "la clave {kid} fue revocada antes por el asiento {at}.",
    "key_replaced": "la clave {kid} fue sustituida antes por el asiento {at}.",
    "key_early": "la clave {kid} aún no era válida en ese momento.",
    "key_expired": "la clave {kid} había caducado en ese momento.",
    "key_form": "la clave está mal formada o es insegura: {detail}",
    "key_kid": "{kid} no es la huella de la clave a la que acompaña.",
    "key_again": "la clave {kid} ya fue inscrita y no puede inscribirse otra vez.",
    "key_possession": "nada prueba que el titular de la clave {kid} la posea.",
    "key_owner": "la clave {kid} no pertenece al agente {officer}.",
    "key_role": "una clave del agente {officer} fue cambiada por alguien que no es ese agente ni administrador.",
    "key_assurance": "dice que la clave se guarda como {stated}; se inscribió como {enrolled}.",
    "officer_role": "las funciones del agente {officer} fueron cambiadas por alguien que no es administrador.",
    "actor_node": "está firmado por el nodo, pero dice que actuó otra persona.",
    "actor_officer": "dice que actuó el agente {stated}, pero está firmado con la clave del agente {officer}.",
    "actor_agency": "nombra el servicio {stated}, pero la clave es del servicio {agency}.",
    "actor_role": "el agente {officer} actúa como {stated}, función que no ejercía.",
    "time_backward": "se asentó {seconds} segundos antes que un asiento anterior en el registro.",
    "time_ahead": "dice que el acto ocurrió después de asentarse.",
    "reference_self": "se refiere a sí mismo.",
    "reference_absent": "se refiere al asiento {target}, que no está aquí antes que él.",
    "device_chain": "no continúa los asientos de su dispositivo (contador {counter}).",
    "issued_absent": "El asiento que emite el expediente falta al final o no es válido: el expediente fue cortado.",
    "issued_record_missing": "Falta el asiento {record}: figuraba en la lista cuando se emitió el expediente.",
    "issued_record_added": "El asiento {record} fue añadido: no figuraba en la lista cuando se emitió el expediente.",
    "issued_records": "Los asientos no son los de la lista, en ese orden, de cuando se emitió el expediente.",
    "issued_files": "Los archivos no son los de la lista de cuando se emitió el expediente.",
    "issued_file_added": "fue añadido después de emitirse el expediente.",
    "issued_file_differs": "fue sustituido después de emitirse el expediente.",
    "issued_withheld": "anuncia {claimed} campos retenidos; lo están {proven}.",
    "withheld_unlisted": "un campo de {path} está retenido, pero el manifiesto no lo dice.",
    "withheld_unfounded": "dice que {path} del asiento {record} está retenido, pero no lo está.",
    "withheld_path": "anuncia un campo retenido en el lugar equivocado {path}.",
    "withheld_unknown": (
        "Lo que dicen los campos retenidos; sus nombres y los motivos de la retención se basan solo en la palabra "
        "del emisor. Campos: {count}."
    ),
    "erased_unrecorded": "se dice que {path} fue borrado; aquí no hay asiento del borrado.",
    "case_number_unrecorded": "El número de caso: ningún asiento de aquí lo indica.",
    "manifest_exhibit_twice": "cita una pieza dos veces.",
    "manifest_exhibit_unknown": "está en el manifiesto, pero ningún asiento la crea.",
    "manifest_exhibit_absent": "la crea un asiento, pero el manifiesto no la cita.",
    "manifest_exhibit_number": "el manifiesto la llama {claimed}.",
    "manifest_exhibit_files": "el manifiesto cita archivos distintos de los que hay.",
    "manifest_holder": "el manifiesto dice que la tiene {claimed}; según los asientos es {proven}.",
    "exhibit_folder_twice": "sus archivos estarían en la misma carpeta que los de la pieza {other}.",
    "exhibit_file_foreign": "está en una carpeta que no es de ninguna pieza.",
    "exhibit_file_swapped": "pertenece a la pieza {other}: se intercambiaron archivos entre piezas.",
    "exhibit_file_unstated": "no consta en ningún asiento para la pieza {number}.",
    "exhibit_file_name": "lleva un nombre distinto del que consta en el asiento: {stated}.",
    "photographs_absent": "fotografías que constan en los asientos y que no están en el expediente: {count}.",
    "custody_created_twice": "la crea por segunda vez el asiento {record}.",
    "custody_number_twice": "otra pieza tiene el mismo número (asiento {record}).",
    "custody_never_created": "el asiento {record} mueve una pieza que ningún asiento crea.",
    "custody_not_actor": "el asiento {record} nombra a una persona distinta de la que actuó.",
    "custody_already_released": (
        "el asiento {record} la entrega mientras sigue abierta una entrega anterior: dos personas la tendrían a la vez."
    ),
    "custody_not_holder": "el asiento {record} la entrega en nombre de quien no la tiene.",
    "custody_release_unknown": "el asiento {record} responde a una entrega que no existe o ya fue respondida.",
    "custody_not_in_release": "el asiento {record} la toma, pero esa entrega no la abarca o ya no.",
    "custody_not_receiver": "asiento {record}: recibida o rechazada por alguien a quien nunca se entregó.",
    "custody_not_releaser": "el asiento {record} anula una entrega que hizo otra persona.",
    "custody_before_release": "el asiento {record} dice que se recibió antes de entregarse.",
    "custody_before_seizure": "el asiento {record} dice que se entregó antes de incautarse.",
    "custody_other_case": "el asiento {record} la mueve, pero es de otro caso.",
    "seizure_twice": "La misma incautación está asentada dos veces (asiento {record}).",
    "seizure_corrects": "El asiento {record} no corrige ningún asiento anterior de su incautación en este caso.",
    "seizure_absent": "si se incautó antes de entregarse: su incautación no está aquí.",
    "pdf_no_facts": "no lleva hechos como datos que puedan compararse.",
    "pdf_facts_many": "lleva dos listas de hechos que difieren entre sí.",
    "pdf_facts_invalid": "sus hechos no pueden leerse: {detail}",
    "pdf_record_absent": "el informe cita el asiento {record} ({path}), que no está aquí.",
    "pdf_fact_nowhere": "el informe muestra {path}, que el asiento no contiene.",
    "pdf_fact_differs": "el informe difiere del asiento en {path}: informe {pdf}, asiento {stated}.",
    "pdf_text_absent": "su texto visible no contiene {path} del asiento {record}.",
    "pdf_text_unchecked": "si su texto visible coincide con sus hechos (no está el programa pdftotext).",
    "pdf_text_skipped": (
        "valores mostrados según los usos del lector (fechas, códigos) o escritos de derecha a izquierda, no "
        "buscados en su texto visible: {count}."
    ),
    "pdf_pictures": "si sus imágenes o su composición inducen a error.",
    "content_not_compared": "su suma de comprobación está firmada; su contenido no se comparó con los asientos.",
    "truth_unknown": "Si lo que escribieron los agentes es verdad.",
    "completeness_unknown": "Si el registro contiene más asientos de este caso; solo quien lo lleva puede mostrarlo.",
    "roles_unknown": (
        "Si los agentes tenían las funciones con que actuaron; los asientos de sus funciones no están aquí. "
        "Agentes: {count}."
    ),
    "timestamp_absent": (
        "Un reloj externo: no hay sello de tiempo RFC 3161. Las horas son las del nodo y de los cofirmantes."
    ),
    "records_absent": "Firmas, claves y custodia: los asientos no están aquí, solo sus huellas.",
    "ledger_number": (
        "El registro fue cortado o alargado: aquí hay {found} entradas, el punto de control indica {size}."
    ),
    "ledger_root": (
        "Las {size} entradas no dan la raíz del punto de control: una entrada fue modificada, quitada o movida."
    ),
    "tile_differs": "no encaja en el árbol: fue modificada.",
    "tile_missing": "falta en el registro.",
    "tile_unknown": "no es el nombre de una tesela.",
    "tiles_absent": "Las teselas: aquí no hay ninguna.",
    "tiles_beyond": "Archivos de teselas más allá del punto de control: {count}.",
    "verdict_growth_unproven": (
        "RESULTADO: coherente en sí mismo, pero NO ESTÁ PROBADO que el registro creciera desde el "
        "punto de control que usted tiene hasta este. Pida al organismo un expediente con esa "
        "prueba, o verifique el registro entero con --checkpoint."
    ),
    "records_after": (
        "lo que hay en el registro después del último asiento de este expediente. Asientos que siguen: {count}."
    ),
    "report_unread": "no se leyó: no es el informe que se emitió.",
    "custody_to_oneself": "el asiento {record} lo entrega a la misma persona que lo entrega.",
    "custody_foreign_holder": (
        "el asiento {record} lo pone en manos de alguien que ni lo registró ni es uno de los agentes que lo incautaron."
    ),
    "custody_created_early": "el asiento {record} lo crea antes de su incautación.",
    "photograph_not_holder": "el asiento {record} indica una fotografía de alguien que no lo tenía en su poder.",
    "photograph_twice": "el asiento {record} indica una fotografía ya indicada para la prueba {other}.",
    "key_self_enrolled": (
        "el agente {officer} inscribió por sí mismo otra clave; un agente solo puede sustituir la suya."
    ),
    "key_self_assurance": (
        "el agente {officer} sustituyó su clave por otra que se dice mejor guardada: {stated} en lugar de {enrolled}."
    ),
    "key_other_agency": (
        "da al agente {officer} una clave del organismo {stated}; este agente fue inscrito en el organismo {agency}."
    ),
    "administrator_unproven": (
        "cambia claves o funciones como administrador, pero ningún asiento aquí dice que el agente {officer} lo sea."
    ),
    "pdf_fact_missing": "el informe no indica {path}, que todo informe debe indicar.",
    "issued_withheld_list": "La lista de campos reservados del manifiesto (lugares y motivos) no es la que se firmó.",
}
