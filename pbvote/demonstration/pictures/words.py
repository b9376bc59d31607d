"""What each picture shows, for people who can't see it, in the other languages of the voter's path."""

SHOWN = {
    "A herb garden by the library": {
        "pl": "Osoba na wózku sięga po zioła na podwyższonych grządkach przy bibliotece.",
        "ur": "وہیل چیئر پر ایک شخص لائبریری کے پاس اونچی کیاریوں سے جڑی بوٹیاں لے رہا ہے۔",
        "ar": "شخص على كرسي متحرك يقطف الأعشاب من أحواض مرتفعة بجانب المكتبة.",
    },
    "Goals that don’t fall over": {
        "pl": "Czworo dzieci w czerwonych i żółtych koszulkach i piłka przed białą bramką.",
        "ur": "سرخ اور پیلی قمیصوں میں چار بچے، سفید گول اور فٹ بال۔",
        "ar": "أربعة أطفال بقمصان حمراء وصفراء وكرة قدم أمام مرمى أبيض.",
    },
    "Lunch for people who eat alone": {
        "pl": "Pięcioro starszych sąsiadów siedzi przy długim stole, każdy z miską gorącej zupy.",
        "ur": "پانچ بزرگ ہمسائے لمبی میز پر، ہر ایک کے سامنے گرم سوپ۔",
        "ar": "خمسة جيران مسنّين يجلسون إلى مائدة طويلة، وأمام كل منهم وعاء من الحساء الساخن.",
    },
    "Reading friends": {
        "pl": "Dorosły i dziecko na kanapie za dużą otwartą książką.",
        "ur": "صوفے پر ایک بڑا اور ایک بچہ، بڑی کھلی کتاب کے پیچھے۔",
        "ar": "شخص بالغ وطفل على أريكة خلف كتاب كبير مفتوح.",
    },
    "Bikes for everyone": {
        "pl": "Dwie osoby jadą razem na jednym rowerze ścieżką nad rzeką.",
        "ur": "دو لوگ دریا کے کنارے ایک ہی سائیکل پر۔",
        "ar": "شخصان يركبان دراجة واحدة معًا على ممر بجانب النهر.",
    },
    "Songs across the road": {
        "pl": "Chór dzieci i osób starszych śpiewa w trzech rzędach pod girlandą.",
        "ur": "بچوں اور بزرگوں کا کوائر جھنڈیوں کے نیچے گا رہا ہے۔",
        "ar": "جوقة من الأطفال وكبار السن تغني في ثلاثة صفوف تحت أعلام الزينة.",
    },
    "Tools for the shed": {
        "pl": "Stół warsztatowy z budką dla ptaków i apteczką, a na ścianie narzędzia.",
        "ur": "کام کی میز پر پرندوں کا گھر اور ابتدائی طبی امداد کا ڈبہ، اور دیوار پر اوزار۔",
        "ar": "طاولة عمل عليها بيت للطيور وعلبة إسعافات أولية، وأدوات معلّقة على الجدار.",
    },
    "Warm mornings for new parents": {
        "pl": "Troje rodziców siedzi na okrągłym dywanie z niemowlętami na rękach.",
        "ur": "گول قالین پر تین والدین، گود میں بچے۔",
        "ar": "ثلاثة آباء وأمهات يجلسون على سجادة مستديرة وفي أحضانهم أطفال رضّع.",
    },
    "Hanging baskets for School Road": {
        "pl": "Rząd sklepów, a nad drzwiami każdego wisi kosz kwiatów.",
        "ur": "دکانوں کی قطار، ہر ایک کے دروازے کے اوپر پھولوں کی ٹوکری۔",
        "ar": "صف من المتاجر، وفوق باب كل منها سلة زهور.",
    },
    "A stage for two languages": {
        "pl": "Czworo przebranych dzieci na scenie: z koroną, w kapeluszu, z uszami kota i ze skrzydłami.",
        "ur": "اسٹیج پر چار بچے: تاج، ٹوپی، بلی کے کان اور پر۔",
        "ar": "أربعة أطفال متنكرين على خشبة المسرح: بتاج وقبعة وأذني قطة وجناحين.",
    },
    "Walks that start at the tram": {
        "pl": "Czworo piechurów z banerem na drodze od tramwaju ku zielonym wzgórzom.",
        "ur": "چار لوگ بینر لیے ٹرام سے سبز پہاڑیوں کی طرف چل رہے ہیں۔",
        "ar": "أربعة أشخاص يسيرون ومعهم لافتة على طريق من الترام نحو تلال خضراء.",
    },
}
"""By the title of the bid, then by language."""
