"""Small bids for shared spaces: in Old Trafford & Stretford, in Urmston & Partington, and in Sale."""

from pbvote.demonstration.projects.project import SampleBid

SMALL_GRANTS = (
    SampleBid(
        "Limelight Gardeners",
        "Herbs behind the houses",
        "Ten tubs of herbs that anyone may pick, and a water butt.",
        "22 houses.",
        248_50,
        "Clifford",
        4.2,
        {
            "pl": (
                "Zioła za domami",
                "Dziesięć donic z ziołami, które może zrywać każdy, i zbiornik na deszczówkę.",
            ),
            "ur": (
                "گھروں کے پیچھے جڑی بوٹیاں",
                "جڑی بوٹیوں کے دس گملے جن سے کوئی بھی توڑ سکے، اور بارش کے پانی کا ڈرم۔",
            ),
            "ar": (
                "أعشاب خلف البيوت",
                "عشرة أحواض من الأعشاب يمكن للجميع قطفها، وبرميل لماء المطر.",
            ),
        },
    ),
    SampleBid(
        "Nansen Neighbours",
        "A bench by the post box",
        "A bench where people wait, talk and rest, made by the men’s shed.",
        "Everybody who walks there.",
        250_00,
        "Gorse Hill",
        3.9,
        {
            "pl": (
                "Ławka przy skrzynce pocztowej",
                "Ławka, na której można czekać, rozmawiać i odpocząć; zrobi ją męski warsztat.",
            ),
            "ur": (
                "ڈاک کے ڈبے کے پاس بینچ",
                "ایک بینچ جہاں لوگ انتظار کریں، باتیں کریں اور سستائیں؛ اسے مردوں کی ورکشاپ بنائے گی۔",
            ),
            "ar": (
                "مقعد بجانب صندوق البريد",
                "مقعد يجلس عليه الناس للانتظار والحديث والراحة، تصنعه ورشة الرجال.",
            ),
        },
    ),
    SampleBid(
        "Kings Road Back Gate",
        "Paint for the back gates",
        "Paint and brushes for one Saturday, and soup for those who paint.",
        "31 houses.",
        187_20,
        "Longford",
        3.6,
        {
            "pl": (
                "Farba na tylne furtki",
                "Farba i pędzle na jedną sobotę oraz zupa dla malujących.",
            ),
            "ur": (
                "پچھلے دروازوں کے لیے رنگ",
                "ایک ہفتے کے دن کے لیے رنگ اور برش، اور رنگ کرنے والوں کے لیے سوپ۔",
            ),
            "ar": (
                "طلاء للبوابات الخلفية",
                "طلاء وفُرَش ليوم سبت واحد، وحساء لمن يقومون بالطلاء.",
            ),
        },
    ),
)

SMALL_URMSTON = (
    SampleBid(
        "Moss Vale Neighbours",
        "A gate that closes",
        "A gate for the alley, so that bins are not set on fire any more.",
        "18 houses.",
        250_00,
        "Urmston",
        4.0,
    ),
    SampleBid(
        "Flixton Footpath Friends",
        "Lights along the path",
        "Twelve solar lights on the path from the station.",
        "Everybody who comes home after dark.",
        231_60,
        "Flixton",
        3.8,
    ),
    SampleBid(
        "Davyhulme Knitters",
        "Covers for the bollards",
        "Wool for covers on nineteen bollards.",
        "Whoever passes.",
        94_00,
        "Davyhulme East",
        2.9,
    ),
)

SMALL_SALE = (
    SampleBid(
        "Chapel Road Alley",
        "Bricks to bloom",
        "Six raised beds where the broken bricks lie.",
        "26 houses.",
        245_00,
        "Sale Moor",
        4.1,
    ),
    SampleBid(
        "Priory Gardeners",
        "A shed for all",
        "A small shed with tools that neighbours borrow.",
        "Two streets.",
        250_00,
        "Priory",
        3.7,
    ),
    SampleBid(
        "Brooklands Back Lane",
        "A mural by the school",
        "Paint for a mural that children have drawn.",
        "Children on their way to school.",
        180_00,
        "Brooklands",
        3.5,
    ),
)
