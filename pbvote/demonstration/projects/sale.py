"""Bids in Sale."""

from pbvote.demonstration.projects.project import SampleBid

SALE = (
    SampleBid(
        "Priory Gardeners",
        "A herb garden by the library",
        "Raised beds that anyone can reach from a wheelchair, with herbs that anyone may pick.",
        "Everybody who passes the library, and 14 volunteers.",
        3_450_00,
        "Priory",
        3.9,
        {
            "pl": (
                "Ogród ziołowy przy bibliotece",
                "Podwyższone grządki dostępne także z wózka; zioła może zrywać każdy.",
            ),
            "ur": (
                "لائبریری کے پاس جڑی بوٹیوں کا باغ",
                "اونچی کیاریاں جن تک وہیل چیئر سے بھی پہنچا جا سکے، اور جڑی بوٹیاں جو کوئی بھی توڑ سکے۔",
            ),
            "ar": (
                "حديقة أعشاب بجانب المكتبة",
                "أحواض مرتفعة يمكن الوصول إليها من الكرسي المتحرك، وأعشاب يمكن للجميع قطفها.",
            ),
        },
    ),
    SampleBid(
        "Sale Moor Juniors",
        "Goals that don’t fall over",
        "Two sets of weighted goals and a shed to keep them in, for 120 children who play each Saturday.",
        "Children from 6 to 12.",
        3_843_69,
        "Sale Moor",
        3.6,
        {
            "pl": (
                "Bramki, które się nie przewracają",
                "Dwa komplety ciężkich bramek i szopa dla 120 dzieci grających w każdą sobotę.",
            ),
            "ur": (
                "گول پوسٹ جو گرتے نہیں",
                "بھاری گول پوسٹوں کے دو سیٹ اور انہیں رکھنے کا شیڈ، ہر ہفتے کو کھیلنے والے 120 بچوں کے لیے۔",
            ),
            "ar": ("مرامٍ لا تسقط", "مجموعتان من المرامي الثقيلة ومخزن لها، لـ 120 طفلاً يلعبون كل سبت."),
        },
    ),
    SampleBid(
        "Tuesday Table",
        "Lunch for people who eat alone",
        "A hot lunch in the church hall every Tuesday of the winter, cooked by neighbours.",
        "About 45 older people.",
        3_600_00,
        "Brooklands",
        4.5,
        {
            "pl": (
                "Obiad dla tych, którzy jedzą sami",
                "Ciepły obiad w sali parafialnej w każdy wtorek zimy, ugotowany przez sąsiadów.",
            ),
            "ur": (
                "اکیلے کھانے والوں کے لیے دوپہر کا کھانا",
                "سردیوں میں ہر منگل کو چرچ ہال میں گرم کھانا، جو پڑوسی پکاتے ہیں۔",
            ),
            "ar": ("غداء لمن يأكلون وحدهم", "غداء ساخن في قاعة الكنيسة كل يوم ثلاثاء في الشتاء، يطبخه الجيران."),
        },
    ),
    SampleBid(
        "Ashton Readers",
        "Reading friends",
        "Volunteers who read with children after school, with the books to do it.",
        "60 children in three schools.",
        2_875_50,
        "Ashton upon Mersey",
        4.1,
        {
            "pl": (
                "Przyjaciele do czytania",
                "Wolontariusze, którzy po lekcjach czytają z dziećmi, oraz potrzebne do tego książki.",
            ),
            "ur": ("پڑھائی کے ساتھی", "رضاکار جو اسکول کے بعد بچوں کے ساتھ پڑھتے ہیں، اور اس کے لیے کتابیں۔"),
            "ar": ("أصدقاء القراءة", "متطوعون يقرؤون مع الأطفال بعد المدرسة، مع الكتب اللازمة لذلك."),
        },
    ),
    SampleBid(
        "Mersey Wheelers",
        "Bikes for everyone",
        "Three adapted cycles, and a volunteer to ride with, on the river path.",
        "People who can’t ride an ordinary bike.",
        3_980_00,
        "Priory",
        4.2,
        {
            "pl": (
                "Rowery dla każdego",
                "Trzy rowery dla osób z niepełnosprawnościami i wolontariusz do wspólnej jazdy nad rzeką.",
            ),
            "ur": (
                "سب کے لیے سائیکل",
                "خاص ضرورت والوں کے لیے تین سائیکلیں، اور دریا کے راستے پر ساتھ چلنے والا ایک رضاکار۔",
            ),
            "ar": ("دراجات للجميع", "ثلاث دراجات مكيّفة لذوي الإعاقة، ومتطوّع يرافق راكبيها على طريق النهر."),
        },
    ),
    SampleBid(
        "St Mary’s Community Choir",
        "Songs across the road",
        "A choir of three schools and two care homes, with a concert in spring.",
        "80 children and 40 older people.",
        2_200_00,
        "St Mary’s",
        3.1,
        {
            "pl": ("Piosenki przez ulicę", "Chór trzech szkół i dwóch domów opieki, z koncertem na wiosnę."),
            "ur": ("سڑک کے پار گیت", "تین اسکولوں اور دو کیئر ہومز کا مشترکہ کوائر، بہار میں کنسرٹ کے ساتھ۔"),
            "ar": ("أغانٍ عبر الشارع", "جوقة من ثلاث مدارس ودارَي رعاية، مع حفل في الربيع."),
        },
    ),
    SampleBid(
        "Sale Men’s Shed",
        "Tools for the shed",
        "A workbench, safe saws and a first-aid kit for men who would rather mend than talk.",
        "30 men who live alone.",
        3_999_99,
        "Sale Moor",
        3.8,
        {
            "pl": (
                "Narzędzia do warsztatu",
                "Stół warsztatowy, bezpieczne piły i apteczka dla mężczyzn, którzy wolą naprawiać niż rozmawiać.",
            ),
            "ur": (
                "ورکشاپ کے اوزار",
                "کام کی میز، محفوظ آریاں اور فرسٹ ایڈ کا ڈبہ، اُن مردوں کے لیے جو باتوں سے زیادہ مرمت پسند کرتے ہیں۔",
            ),
            "ar": ("أدوات للورشة", "طاولة عمل ومناشير آمنة وحقيبة إسعافات أولية لرجال يفضّلون الإصلاح على الكلام."),
        },
    ),
    SampleBid(
        "Brooklands Babies",
        "Warm mornings for new parents",
        "A room, toys and a health visitor once a week.",
        "Parents with babies under one.",
        3_200_00,
        "Brooklands",
        3.7,
        {
            "pl": ("Ciepłe poranki dla świeżych rodziców", "Raz w tygodniu sala, zabawki i położna środowiskowa."),
            "ur": ("نئے والدین کے لیے گرم صبحیں", "ہفتے میں ایک بار ایک کمرہ، کھلونے اور ہیلتھ وزیٹر۔"),
            "ar": ("صباحات دافئة للوالدين الجدد", "غرفة وألعاب وزائرة صحية مرة في الأسبوع."),
        },
    ),
    SampleBid(
        "Town Centre Friends",
        "Hanging baskets for School Road",
        "Sixty baskets, and the water butts to keep them alive.",
        "Everybody who shops in Sale.",
        3_950_00,
        "Priory",
        2.9,
        {
            "pl": (
                "Wiszące kwiaty na School Road",
                "Sześćdziesiąt koszy z kwiatami i zbiorniki na deszczówkę, żeby nie uschły.",
            ),
            "ur": (
                "اسکول روڈ کے لیے لٹکتے پھول",
                "پھولوں کی ساٹھ ٹوکریاں، اور انہیں ہرا رکھنے کے لیے بارش کے پانی کے ڈرم۔",
            ),
            "ar": ("سلال زهور معلّقة لشارع سكول رود", "ستون سلة زهور، وبراميل لجمع ماء المطر كي تبقى حيّة."),
        },
    ),
    SampleBid(
        "Sale Polish Saturday School",
        "A stage for two languages",
        "Costumes and lights for a play in Polish and English that the whole town can understand.",
        "70 children and their families.",
        3_640_00,
        "St Mary’s",
        3.3,
        {
            "pl": (
                "Scena w dwóch językach",
                "Kostiumy i światła do przedstawienia po polsku i angielsku, które zrozumie całe miasto.",
            ),
            "ur": (
                "دو زبانوں کا اسٹیج",
                "پولش اور انگریزی کے ایک ڈرامے کے لیے لباس اور روشنیاں، جسے پورا قصبہ سمجھ سکے۔",
            ),
            "ar": ("مسرح بلغتين", "أزياء وإضاءة لمسرحية بالبولندية والإنجليزية تفهمها البلدة كلها."),
        },
    ),
    SampleBid(
        "Step Out Sale",
        "Walks that start at the tram",
        "Maps, a banner and first-aid training for free walks every Sunday.",
        "Anyone who wants to walk in company.",
        1_940_00,
        "Ashton upon Mersey",
        3.4,
        {
            "pl": (
                "Spacery od przystanku tramwajowego",
                "Mapy, baner i szkolenie z pierwszej pomocy na bezpłatne spacery w każdą niedzielę.",
            ),
            "ur": ("ٹرام سے شروع ہونے والی سیر", "نقشے، ایک بینر اور فرسٹ ایڈ کی تربیت، ہر اتوار کی مفت سیر کے لیے۔"),
            "ar": ("نزهات تبدأ من محطة الترام", "خرائط ولافتة وتدريب على الإسعافات الأولية لنزهات مجانية كل يوم أحد."),
        },
    ),
)
