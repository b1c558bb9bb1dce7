"""Documents without end, for what is checked at scale: prose of twenty scripts, our packs' own examples, odd bytes."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator

from tests.reliability.texts import boilerplate
from tests.samples import MORE_PROSE, PROSE

SCRIPTS = {
    "Latin": "The bridge stays closed until autumn, the town said on Monday, because two of its piers have to be made anew.",
    "Cyrillic": "Мост останется закрытым до осени, сообщила мэрия в понедельник, потому что две опоры нужно построить заново.",
    "Greek": "Η γέφυρα θα μείνει κλειστή μέχρι το φθινόπωρο, ανακοίνωσε ο δήμος τη Δευτέρα, γιατί δύο πυλώνες πρέπει να ξαναχτιστούν.",
    "Arabic": "سيبقى الجسر مغلقا حتى الخريف، كما قالت البلدية يوم الاثنين، لأن اثنتين من دعائمه يجب أن تبنيا من جديد.",
    "Hebrew": "הגשר יישאר סגור עד הסתיו, הודיעה העירייה ביום שני, משום ששניים מעמודיו צריכים להיבנות מחדש.",
    "Devanagari": "पुल शरद ऋतु तक बंद रहेगा, नगर पालिका ने सोमवार को कहा, क्योंकि उसके दो खंभे फिर से बनाने होंगे।",
    "Bengali": "সেতুটি শরৎকাল পর্যন্ত বন্ধ থাকবে, সোমবার পৌরসভা জানিয়েছে, কারণ এর দুটি স্তম্ভ নতুন করে তৈরি করতে হবে।",
    "Gurmukhi": "ਪੁਲ ਪਤਝੜ ਤੱਕ ਬੰਦ ਰਹੇਗਾ, ਨਗਰ ਨੇ ਸੋਮਵਾਰ ਨੂੰ ਕਿਹਾ, ਕਿਉਂਕਿ ਇਸ ਦੇ ਦੋ ਥੰਮ੍ਹ ਮੁੜ ਬਣਾਉਣੇ ਪੈਣਗੇ।",
    "Gujarati": "પુલ પાનખર સુધી બંધ રહેશે, નગરપાલિકાએ સોમવારે કહ્યું, કારણ કે તેના બે થાંભલા ફરીથી બનાવવા પડશે.",
    "Tamil": "பாலம் இலையுதிர் காலம் வரை மூடப்பட்டிருக்கும் என்று நகராட்சி திங்களன்று கூறியது, ஏனெனில் இரண்டு தூண்கள் மீண்டும் கட்டப்பட வேண்டும்.",
    "Telugu": "వంతెన శరదృతువు వరకు మూసి ఉంటుందని పురపాలక సంఘం సోమవారం తెలిపింది, ఎందుకంటే రెండు స్తంభాలను మళ్లీ నిర్మించాలి.",
    "Thai": "สะพานจะปิดจนถึงฤดูใบไม้ร่วง เทศบาลกล่าวเมื่อวันจันทร์ เพราะต้องสร้างตอม่อสองต้นขึ้นใหม่ทั้งหมด",
    "Lao": "ຂົວຈະປິດຈົນເຖິງລະດູໃບໄມ້ຫຼົ່ນ ເທດສະບານກ່າວໃນວັນຈັນ ເພາະວ່າຕ້ອງສ້າງເສົາສອງຕົ້ນຄືນໃໝ່",
    "Khmer": "ស្ពាននឹងបិទរហូតដល់រដូវស្លឹកឈើជ្រុះ សាលាក្រុងបាននិយាយនៅថ្ងៃច័ន្ទ ព្រោះសសរពីរត្រូវសាងសង់ឡើងវិញ។",
    "Myanmar": "တံတားကို ဆောင်းဦးအထိ ပိတ်ထားမည်ဟု မြို့တော်က တနင်္လာနေ့တွင် ပြောသည်၊ အကြောင်းမှာ တိုင်နှစ်တိုင်ကို ပြန်ဆောက်ရမည်ဖြစ်သည်။",
    "Georgian": "ხიდი შემოდგომამდე დაკეტილი დარჩება, განაცხადა მერიამ ორშაბათს, რადგან ორი ბურჯი თავიდან უნდა აშენდეს.",
    "Armenian": "Կամուրջը փակ կմնա մինչև աշուն, երկուշաբթի հայտնեց քաղաքապետարանը, քանի որ երկու հենարան պետք է նորից կառուցվի։",
    "Ethiopic": "ድልድዩ እስከ መኸር ድረስ ተዘግቶ ይቆያል ሲል ከተማው ሰኞ ዕለት ተናግሯል፣ ምክንያቱም ሁለት ምሰሶዎች እንደገና መገንባት አለባቸው።",
    "Hangul": "다리는 가을까지 폐쇄된 상태로 남을 것이라고 시가 월요일에 밝혔는데, 교각 두 개를 새로 지어야 하기 때문이다.",
    "Kana": "橋は秋まで閉鎖されたままになると町が月曜日に発表した。橋脚のうち二本を新しく造り直さなければならないためである。",
    "Han": "市政府星期一表示，大桥将关闭到秋天，因为其中两座桥墩必须重新修建，工程费用由三十年的贷款支付。",
    "Sinhala": "පාලම සරත් සෘතුව දක්වා වසා තබන බව නගර සභාව සඳුදා පැවසීය, මන්ද එහි කුළුණු දෙකක් නැවත සෑදිය යුතු බැවිනි.",
}  # fmt: skip
"""A sentence of an article in each."""
ODD = (
    "\ufeff", "\u200b", "\u200e", "\u202e", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1b[31m", "\x1c", "\x7f", "\u00ad", "\u0301" * 9,
    "\ufffd", "\ufffe", "\U0010ffff", "\ue000", "\U000e0041", "ﬁ", "İ", "ı", "ß", "ẞ", "ǅ", "\u3000", "\u00a0", "\u180e", "😀\ufe0f", "𝐒𝐡𝐚𝐫𝐞", "Ｓｈａｒｅ",
)  # fmt: skip
ODD_BYTES = (b"\xff", b"\xe9", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xe2\x80", b"\x80\x80")
"""Not UTF-8."""
ENDS = ("\n", "\n", "\n", "\r\n", "\r")
ENCODINGS = ("utf-16", "utf-16-le", "cp1252", "cp1251", "gb18030", "shift_jis", "euc-kr", "utf-32", "utf-8-sig")


def texts(seed: int) -> Iterator[str]:
    """Articles as they might have been scraped, in all scripts; the same for the same seed."""
    pick = random.Random(seed)
    examples, sentences = boilerplate(), tuple(SCRIPTS.values())
    while True:
        end = pick.choice(ENDS)
        own = pick.choice(sentences)
        parts = []
        for _ in range(pick.randint(2, 14)):
            kind = pick.random()
            if kind < 0.55:
                parts.append(" ".join(pick.choice((own, own, PROSE, MORE_PROSE)) for _ in range(pick.randint(1, 5))))
            elif kind < 0.93:
                parts.append(pick.choice(examples).strip())
            elif kind < 0.97:
                parts.append(_odd(pick, pick.choice((own, *examples[:50]))))
            else:
                parts.append(f"{own} " * pick.choice((1, 1, 2, 30)))
        blank = end * pick.choice((1, 2, 2, 2, 3))
        text = blank.join(part.replace("\n", end) for part in parts)
        yield pick.choice(("", "", "", end, "\ufeff", " ")) + text + pick.choice(("", end, end, end * 3))


def documents(seed: int) -> Iterator[bytes]:
    """The same as bytes: most of them UTF-8, some of them damaged, some in other encodings."""
    pick = random.Random(seed + 1)
    for text in texts(seed):
        kind = pick.random()
        if kind < 0.1:
            yield text.encode(pick.choice(ENCODINGS), "ignore")
            continue
        data = text.encode("utf-8", "surrogatepass")
        for _ in range(pick.choice((1, 3, 20)) if kind < 0.25 else 0):
            place = pick.randint(0, len(data))
            data = data[:place] + pick.choice(ODD_BYTES) + data[place:]
        yield data


def pages(seed: int) -> Iterator[str]:
    """Pages with such articles."""
    for number, text in enumerate(texts(seed)):
        blocks = "".join(f"<p>{html.escape(part)}</p>\n" for part in text.split("\n") if part.strip())
        yield (
            f"<!doctype html><html><head><title>Article {number}</title></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>Article {number}</h1>{blocks}</article><footer>About us</footer></body></html>"
        )


def _odd(pick: random.Random, text: str) -> str:
    for _ in range(pick.randint(1, 5)):
        place = pick.randint(0, len(text))
        text = text[:place] + pick.choice(ODD) + text[place:]
    return text
