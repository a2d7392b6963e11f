"""What stands around a name and says nothing of its own: years, stages and sides, doses, forms and makers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from remedies.knowledge.spelling import folded, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Trimmed(NamedTuple):
    """A name without what stood around it."""

    tokens: Sequence[str]
    narrower: bool
    """Whether what was taken away made the name narrower, so that it proves but does not deny."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FILLERS = _words(
    """i have has had having got my with suffer suffers suffering from am is are was been diagnosed diagnosis dx known
    history hx past previous previously prior current currently active disorder finding situation procedure disease
    condition illness problem problems status post sp h o s p to for on any some also and nos у меня есть имеется
    имею болею болен больна страдаю страдает диагноз диагностирован диагностирована был была было перенес перенесла
    перенесен перенесенный перенесенная перенесенное перенесено перенесенного после болезнь заболевание синдром
    анамнез анамнезе в ранее раньше бывший бывшая состояние подтвержден подтвержденный подтвержденная мой моя мое по
    на и также"""
)
"""Words around an illness that do not make it narrower."""

_NARROWING = _words(
    """mild moderate severe slight light bad serious acute chronic subacute recurrent recurring persistent intermittent
    occasional controlled uncontrolled stable unstable treated untreated early late longstanding old new onset first
    second third degree grade stage class type left right bilateral both sided upper lower unspecified uncomplicated
    primary secondary essential idiopathic congenital childhood adult juvenile senile since year years ago next
    tomorrow soon upcoming month months week weeks day days last this time once twice nyha ccs fc gold very due
    other specified elsewhere classified diffuse local localised localized степень степени ст стадия стадии тип типа
    класс класса фк вид вида форма формы течение течения слева справа левый левая левое левого левой правый правая
    правое правого правой двусторонний двусторонняя двусторонние слегка немного сильно сильный сильная сильное
    детства детский детская детстве назад год года году годах годы лет месяц месяца месяцев неделя недели недель раз
    через неделю завтра скоро мае марте давно недавно с со от около неуточненный неуточненная неуточненное
    неуточненные других другие первичный первичная вторичный вторичная врожденный врожденная первой второй третьей
    четвертой первого второго третьего ремиссии обострение обострения вне компенсированный компенсированная
    субкомпенсированный г гг"""
)
_NARROWING_STARTS = (
    *("январ", "феврал", "апрел", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
    *("хронич", "остры", "остра", "остро", "тяжел", "легк", "средн", "умерен", "рецидив", "стабильн", "нестабильн"),
    *("старческ", "возрастн", "начальн", "неуточн", "неосложнен", "осложнен", "контролир"),
)
_WITHOUT = re.compile(r"\b(?:without|w/o|w o|free of|без)\b.*")
"""What an illness comes without narrows it, and says nothing that is used."""

_NARROWING_PART = re.compile(r"\d+|[ivx]+|[^\W\d_]|iib|iia|iii[abаб]|ii[abаб]|nyha")
"""Numbers, Roman numbers, and single letters, as those of a stage."""

_SITES = _words(
    """leg legs arm arms hand hands foot feet toe toes finger fingers knee knees elbow elbows shoulder shoulders hip
    hips ankle ankles wrist neck back chest face extremity extremities limb limbs calf thigh нога ноги ноге ног рука
    руки руке рук голень голени голеней стопа стопы колено колена колене локоть локте плечо плеча плече бедро бедра
    шея шеи шее спина спины спине лицо лице палец пальца пальцев конечность конечности конечностей поясница поясницы
    пояснице"""
)
"""Parts of the body that say where an illness is, which no rule asks of one that is known without it."""

_GENERIC = _words(
    """ulcer ulcers wound pain infection inflammation attack failure block fracture tumor tumour cancer lump cyst stone
    stones heart kidney kidneys liver vein veins artery swelling weakness язва язвы рана боль боли инфекция
    воспаление приступ недостаточность опухоль рак киста камни отек слабость сердце почка почки печень вена вены"""
)
"""What means something else, or anything, once its site is taken away: a leg ulcer is none of the stomach."""

_AMOUNT = (
    r"\d+(?:[.,]\d+)?(?:\s*[-/x×]\s*\d+(?:[.,]\d+)?)*\s*"
    r"(?:mcg|micrograms?|µg|ug|mg|milligrams?|grams?|g|ml|meq|mmol|iu|units?|unt|u|actuat|hours?|hr|h|%|"
    r"мкг|мг|грамм\w*|гр|г|мл|ме|ед|единиц\w*|таб\w*|т|капс\w*|капель|к|шт)?(?:\s*/\s*(?:\d+(?:[.,]\d+)?\s*)?"
    r"(?:ml|mg|mcg|hr|h|actuat|day|dose|g|мл|мг|доз\w*|сут\w*|г))?(?![^\W_])"
)
"""A strength or an amount, such as 325 MG, 0.5 mg/ml, 100/25 or 24 HR."""

_LATIN = frozenset({"rp", "tab", "sol", "ung", "caps", "supp", "amp", "inj"})
"""Words of a Latin prescription, in which a medicine stands in the genitive: Tab. Enalaprili."""

_REGISTERED = re.compile(r"\b(?:nda|no)\s?\d+\b")
"""The number of a registration before the name, or of pieces in a pack (№ 10)."""

_FORMS = _words(
    """rp sol caps supp amp inj в м п к auto autoinjector intrauterine system implant drug dry ring mucosal spray
    extract substance powder tablet tablets tab tabs capsule capsules cap caplet caplets pill pills oral orally
    solution suspension syrup elixir sachet granules injection injections injectable injector pen prefilled vial
    ampoule syringe infusion cartridge kit pack product extended delayed modified prolonged release slow er xr sr mr
    cr xl la dr ec retard enteric coated film chewable effervescent soluble dispersible sublingual disintegrating
    rapid forte plus otc once twice three two one times daily day every night morning evening bedtime week weekly
    month monthly prn needed required od bd bid tds tid qid qd hs mane nocte po iv im sc by mouth at as take takes
    taking took use uses using on dose doses low high regular regularly long term course generic brand the for
    таблетка таблетки таблетках таблеток таб табл капсула капсулы капсулах капс раствор р ра сироп порошок саше
    суспензия укол уколы уколах инъекция инъекции ампула ампулы амп шприц капельница капельницы свеча свечи
    суппозитории драже гранулы пролонгированный ретард форте плюс день сутки утром вечером ночь раз раза два три
    одна один по на для приема внутрь пью принимаю принимает колю курс курсом постоянно ежедневно каждый препарат
    препараты лекарство средство дозе доза"""
)
_SALTS = _words(
    """hydrochloride hcl dihydrochloride monohydrate dihydrate hemihydrate anhydrous sodium potassium calcium magnesium
    besylate besilate maleate mesylate mesilate tartrate bitartrate succinate fumarate sulfate sulphate phosphate
    acetate citrate hydrobromide bromide nitrate etexilate medoxomil axetil proxetil erbumine arginine tosylate
    gluconate lysine disodium trometamol tromethamine hemifumarate propionate dipropionate furoate valerate pivoxil
    натрия калия кальция магния гидрохлорид малеат тартрат сукцинат фумарат сульфат безилат ацетат дигидрат"""
)
_MAKERS = _words(
    """teva sandoz mylan accord ratiopharm stada zentiva krka actavis pfizer bayer sanofi actrapid aurobindo almus тева
    сандоз никомед акри рихтер канон акрихин озон вертекс штада тривиум верте авексима обновление гедеон ратиофарм
    зентива крка байер фармстандарт северная звезда биохим дальхимфарм сз акос лект солофарм эвалар медисорб алси
    прана изварино реневал алиум тинктура"""
)

ON_SKIN = _words(
    """ung gel gels cream creams ointment ointments lotion lotions patch patches plaster plasters topical topically rub
    balm emulgel emulsion foam transdermal мазь мази мазью гель гели гелем геля крем кремы кремом крема пластырь
    пластыри пластыря эмульгель бальзам бальзама наружно наружный лосьон эмульсия линимент"""
)
"""Words that say that a medicine goes on the skin."""

ELSEWHERE = _words(
    """eye eyes ear ears nose nasal inhaler inhalers inhalation inhaled inhalant ophthalmic otic drops vaginal rectal
    metered nebuliser nebulizer turbuhaler respiratory глазные глаз глаза нос носа назальный назальная назальные
    ингалятор ингаляции ингаляций ингаляционный капли каплях ушные вагинальный вагинальные спрей"""
)
"""Words that say that a medicine acts in the eye, nose, ear or airways."""

_REACTION = (
    r"(?:rash(?:es)?|hives|itch\w*|(?:lip|face|throat)?\s*swelling|swelled|wheez\w+|anaphyla\w+|angioedema|shock|urticaria|"
    r"сыпь\w*|крапивниц\w+|зуд|отек\w*|удушь\w+|анафила\w+|обсыпа\w+|высыпа\w+|чешусь|шок|аллерги\w+)"
)
_ALLERGY = (
    r"^(?:allerg(?:y|ies|ens?)\s*[:–—-]\s*|аллерги\w+\s*[:–—-]\s*|(?:an?\s+|history\s+of\s+|severe\s+)*(?:allerg(?:y|ies|ic)|sensitiv(?:e|ity)|hypersensitiv(?:e|ity)|"
    rf"intoleran(?:t|ce)|reacts?|(?:adverse\s+|allergic\s+)?reactions?|{_REACTION})\s+(?:to|from|of|on|after|with)\s+"
    r"|(?:непереносимост\w+|чувствительност\w+|гиперчувствительност\w+|(?:\w+\s+)?реакци\w+|"
    rf"{_REACTION})\s+(?:на|к|от|после)\s+|непереносимост\w+\s+|аллерги\w+\s+|на\s+|не\s+переношу\s+|не\s+переносит\s+|"
    r"can(?:no|')?t\s+(?:take|tolerate|have)\s+)"
    r"|\s+(?:allerg(?:y|ies|en|ic\s+reaction)|intolerance|sensitivity|hypersensitivity|reaction|"
    r"allergenic\s+extract|substance|drugs?)$"
    r"|\s+(?:аллергия|непереносимость)$"
    rf"|\s*[-–—:(,]?\s*\b{_REACTION}\)?$"
)
"""What says that something is an allergy, which a list of allergies says already, and what came of it."""


def illness(word: str) -> Iterator[Trimmed]:
    """Yield what is left of the name of an illness fillers, then what makes it narrower."""
    tokens = pieces(word)
    plain = [token for token in tokens if token not in _FILLERS]
    if plain and plain != tokens:
        yield Trimmed(plain, narrower=False)
    head = pieces(_WITHOUT.sub("", folded(word)))
    wide = [token for token in head if not _narrows(token)]
    unsited = [token for token in wide if token not in _SITES]
    worded = [token for token in head if token not in _NARROWING and not token.startswith(_NARROWING_STARTS)]
    cores = [
        some for kept in (head, worded, wide) for some in (kept, [token for token in kept if token not in _FILLERS])
    ]
    if unsited != wide and not _GENERIC.issuperset(token for token in unsited if token not in _FILLERS):
        cores += [unsited, [token for token in unsited if token not in _FILLERS]]
    for core in cores:
        if core and core not in (tokens, plain):
            yield Trimmed(core, narrower=True)


def says_nothing(word: str) -> bool:
    """Tell whether a part of a diagnosis names nothing by itself, such as “ФК II”."""
    return all(token in _FILLERS or _narrows(token) for token in pieces(word))


def _narrows(token: str) -> bool:
    return token in _NARROWING or token.startswith(_NARROWING_STARTS) or _NARROWING_PART.fullmatch(token) is not None


def stands_around(token: str) -> bool:
    """Tell whether a token may stand around a name and say nothing of its own."""
    sets = (_FILLERS, _NARROWING, _SITES, _LATIN, _FORMS, _SALTS, _MAKERS, ON_SKIN, ELSEWHERE)
    return (
        len(token) <= 2
        or _NARROWING_PART.fullmatch(token) is not None
        or token.startswith(_NARROWING_STARTS)
        or any(token in words for words in sets)
    )


def medicine(word: str) -> Iterator[Trimmed]:
    """Yield what is left of a medicine forms and makers, then strengths, then salts."""
    word = _REGISTERED.sub(" ", folded(word))
    said = set(pieces(word))
    routes = ON_SKIN | ELSEWHERE
    unformed = [token for token in pieces(word) if token not in _FORMS and token not in _MAKERS]
    yield from _some(unformed, said)
    bare = [token for token in pieces(re.sub(_AMOUNT, " ", folded(word))) if token not in _FORMS | _MAKERS]
    yield from _some(bare, said)
    unrouted = [token for token in bare if token not in routes]
    yield from _some(unrouted, said)
    unsalted = [token for token in unrouted if token not in _SALTS]
    yield from _some(unsalted, said)
    if said & _LATIN:
        yield from _some([token.removesuffix("i") for token in unsalted if token not in _LATIN], said)


def _some(tokens: list[str], said: set[str]) -> Iterator[Trimmed]:
    if tokens:
        yield Trimmed(tokens, narrower=set(tokens) != said)


def allergen(word: str) -> str:
    """Take away what says that something is an allergy.

    >>> allergen("аллергия на мёд"), allergen("penicillin allergy")
    ('мед', 'penicillin')
    """
    text = found = " ".join(folded(word).split())
    for _ in range(3):
        found = re.sub(_ALLERGY, "", found).strip(" -–—:(") or found
    return found or text


def says_more(word: str) -> bool:
    """Tell whether anything but strengths, forms, salts and makers stands in a part of a medicine's name."""
    bare = pieces(re.sub(_AMOUNT, " ", folded(word)))
    return bool(set(bare) - _FORMS - _SALTS - _MAKERS - ON_SKIN - ELSEWHERE)
