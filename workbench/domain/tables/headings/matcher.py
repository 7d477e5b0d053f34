# SPDX-License-Identifier: MIT
"""Recognises column headings: which field of which entity, in which unit, how surely.

Synonyms come from the field catalogue alone. The same text may mean different fields in different
entities (占地面积 is a parcel's area and a building's footprint), so matching is per entity.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from workbench.domain.fields import Catalogue, Entity, Field, FieldType
from workbench.domain.parsing.standing import Standing, may_stand, standing
from workbench.domain.parsing.traditional import TRADITIONAL
from workbench.domain.tables.headings.kinds import (
    ACTUAL,
    CERTIFIED,
    EITHER,
    fit,
    is_appraisal_of,
    is_plain_area,
    names_certificate,
    plausible,
)  # fmt: skip
from workbench.domain.tables.headings.lexicon import NEAR, PERHAPS, lexicon_of, look_up
from workbench.domain.tables.headings.readings import (
    MAY_MEAN_TWO,
    PART,
    readings_of,
    told_about,
)
from workbench.domain.tables.headings.remainders import on_its_side
from workbench.domain.tables.headings.words import (
    ORDINAL,
    YEAR_WORD,
    Heading,
    chinese_part,
    take_apart,
)  # fmt: skip
from workbench.domain.tables.headings.year_lines import is_period_name

SURE = 0.8
"""Confidence below which a person is asked to confirm a column."""

_LEAST = 0.6
INDEX_NAMES = frozenset(
    {"序号", "编号", "no", "no.", "序", "行次", "项次", "#", "seq", "index", "栏次"}
)
_LONGEST = 40
_NUMBERS = re.compile(r"[0-9]+")
_OTHER_LETTERS = (
    "㎡㎥²³%‰·•×*★☆●◆▲※#:：;；,，.。、/／\\|-—–_~～=+≥≤><\"'《》【】[]〔〕〈〉&"
    "①②③④⑤⑥⑦⑧⑨ \t\r\n\u00a0\u3000"
    "\u200b\ufeff单位计量元万千百亿亩公顷平方米里hakmtKVAkva天日月年季个层吨座状况情编码号时间期租赁出房屋建筑落"
)
"""What headings hold beside the letters of the spellings: marks, units, and words alike."""
_WIDE_LETTERS = frozenset(map(chr, range(0xFF01, 0xFF5F)))
_SHORT_CODE = 3
_MONTH_NAMED = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月")
_WHOLE_YEAR = 12
_ENDS = {
    "start_on": re.compile(r"^(?:自|从|起|始|开始|起始|起期|起日)(?:日期|时间|日)?$"),
    "end_on": re.compile(r"^(?:至|到|止|终|截止|终止|结束|到期|止期|止日)(?:日期|时间|日)?$"),
}
_PERIOD_END = re.compile(r"^(.*(?:期限|年限|租期|时间))([^期限年时间]{1,2}(?:日期|时间|日)?)$")
"""使用期限起 and 使用期限止 in one cell each."""
_PERIOD = re.compile("期|年限|时间|起止")
_OTHER_PERIOD = re.compile("免租|免费|装修|发票|开票|保修|质保|宽限|优惠|建设|施工|试用")
"""Periods that are no term of a right or a lease: 免租期起."""
_YEAR = "year"
_PERIODIC = frozenset({_YEAR, "as_of"})
"""Fields of records that keep of when their figures are, one for each time."""
_YEARLY = frozenset({"年份", "年度", "统计年度", "统计年份", "评价年度", "year"})
_MOST_SEEN = 20_000


@dataclass(frozen=True, slots=True)
class Match:
    """A heading's field in one entity, with confidence 0–1."""

    field: str
    confidence: float
    exact: bool


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How the columns of one table map to one entity; ``score`` compares entities."""

    entity: str
    columns: Mapping[int, Match]
    score: float


class HeadingMatcher:
    """Maps headings to fields with the synonyms of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lexicons = {entity.key: lexicon_of(entity) for entity in catalogue.ledger()}
        owners: dict[str, set[str]] = {}
        for key, lexicon in self._lexicons.items():
            for spelling in lexicon.exact:
                owners.setdefault(spelling, set()).add(key)
        self._owners = owners
        spellings = " ".join((*owners, *INDEX_NAMES))
        self._numbers = frozenset(_NUMBERS.findall(spellings))
        self._letters = (
            frozenset(spellings + spellings.upper() + _OTHER_LETTERS) | _WIDE_LETTERS | TRADITIONAL
        )
        self._cache: dict[tuple[str, str, str, str], tuple[Match, ...]] = {}
        self._seen: dict[str, bool] = {}

    def is_heading(self, text: str) -> bool:
        """Tell whether a cell's text is exactly some field's heading, or an index heading."""
        if len(text) > _LONGEST:
            return False
        known = self._seen.get(text)
        if known is None:
            known = self._possible(text) and self._known(text)
        return known

    def _possible(self, text: str) -> bool:
        """Sort out quickly what can be no heading: most cells of a table are seen only once."""
        numbers = _NUMBERS.findall(YEAR_WORD.sub("", text) if "年" in text else text)
        if numbers and not self._numbers.issuperset(numbers) and not ORDINAL.match(text.strip()):
            return False
        return "(" in text or "（" in text or self._letters.issuperset(text)

    def resembles(self, text: str) -> bool:
        """Tell whether some entity has a field that a text may well mean."""
        heading = take_apart((text,))
        return bool(heading.core) and any(
            found and found[0].confidence >= PERHAPS
            for found in (self.candidates(entity, heading) for entity in self._lexicons)
        )

    def _known(self, text: str) -> bool:
        known = self._seen.get(text)
        if known is None:
            heading = take_apart((text,))
            bare = YEAR_WORD.sub("", heading.core)  # 2023年产值 is a heading, as 产值 is
            words = (heading.core, heading.core + heading.extra, chinese_part(heading.core), bare)
            known = any(word in INDEX_NAMES or self._is_spelled(word) for word in words if word)
            if not known and "/" in heading.core:  # 结构/层数 heads two fields in one column
                known = all(map(self._is_spelled, heading.core.split("/")))
            if len(self._seen) < _MOST_SEEN:
                self._seen[text] = known
        return known

    def _is_spelled(self, word: str) -> bool:
        return word in self._owners and not _is_short_code(word)

    def answers(self, heading: str, text: str) -> bool:
        """Tell whether a text is one of the choices of the field that a heading means."""
        core = take_apart((heading.rstrip(":："),)).core
        return any(
            text in (choice.value, *choice.synonyms)
            for key, lexicon in self._lexicons.items()
            if (field := lexicon.exact.get(core)) is not None
            for choice in self._catalogue[key][field].choices
        )

    def is_index(self, heading: Heading) -> bool:
        """Tell whether a column only numbers the rows (序号), so that it is never a key."""
        return heading.core in INDEX_NAMES

    def rarity(self, heading: Heading) -> float:
        """Return 1 for a heading of one entity only, less for one that many share."""
        owners = self._owners.get(heading.core, ())
        return 1 / len(owners) if owners else 0.5

    def candidates(self, entity: str, heading: Heading) -> tuple[Match, ...]:
        """Return the fields a heading may mean in an entity, best first."""
        key = (
            entity,
            heading.joined,
            heading.core,
            f"{heading.extra}|{heading.unit}|{heading.above}",
        )
        found = self._cache.get(key)
        if found is None:
            found = self._search(entity, heading)
            if len(self._cache) < _MOST_SEEN:
                self._cache[key] = found
        return found

    def _search(self, entity: str, heading: Heading) -> tuple[Match, ...]:
        if end := self._end_of_period(entity, heading):
            return (end,)
        lexicon, said = self._lexicons[entity], self._standing(entity, heading)
        best: dict[str, Match] = {}
        either = heading.parent in EITHER
        # 容积率_现状 is 现状容积率, and 现状 alone is another thing
        turned = bool(heading.above) and heading.core + heading.above in lexicon.exact
        about = self._about(entity, heading)
        words = readings_of(heading, said, about)
        words += self._dated(entity, heading)
        for word, weight in words:
            if turned and word == heading.core:
                weight *= 0.9
            whole_only = bool(heading.parent) and word in (
                heading.joined, heading.core + heading.above, about,
            )  # fmt: skip
            for field, confidence, exact in look_up(lexicon, word, whole_only):
                confidence = round(confidence * weight, 3)
                spec = self._catalogue[entity][field]
                if not may_stand(spec, said, exact and standing(word) is said):
                    if not (either and exact and word == heading.core):
                        continue
                    confidence = MAY_MEAN_TWO
                if not exact and (either or not self._may_mean(word, entity, spec)):
                    continue
                if is_appraisal_of(entity, spec, heading):
                    continue
                if confidence >= _LEAST and (
                    field not in best or confidence > best[field].confidence
                ):
                    best[field] = Match(field, confidence, exact and weight == 1)
        return tuple(sorted(best.values(), key=lambda match: -match.confidence))

    def _about(self, entity: str, heading: Heading) -> str:
        """Return the heading with what the one above is about, where that is a field's name."""
        about = told_about(heading)
        found = look_up(self._lexicons[entity], about, True) if about else []
        return about if any(sure >= NEAR for _, sure, _ in found) else ""

    def _dated(self, entity: str, heading: Heading) -> list[tuple[str, float]]:
        """Return what a time stands below, 出租率 above 2025年3月末, for records without a time."""
        periodic = any(key in self._catalogue[entity] for key in _PERIODIC)
        return [(heading.above, PART)] if is_period_name(heading.core) and not periodic else []

    def _standing(self, entity: str, heading: Heading) -> Standing:
        """Return whose figure a heading speaks of; where all is agreed, as in leases, a fact."""
        said = standing(heading.joined + heading.extra)
        if said is Standing.AGREED and not any(
            standing(field.zh) is said for field in self._catalogue[entity]
        ):
            return Standing.FACT
        return said

    def _may_mean(self, word: str, entity: str, field: Field) -> bool:
        """Tell whether a heading that merely resembles a field's may mean it.

        An area that has its own name elsewhere is no other area: 建筑面积 is never a parcel's.
        """
        owners = self._owners.get(word)
        if field.type is FieldType.AREA and owners and entity not in owners:
            return False
        return plausible(word, field) and on_its_side(word, field)

    def _end_of_period(self, entity: str, heading: Heading) -> Match | None:
        """Read 使用期限_起 and 使用期限_止: the two ends of one period, never both its end."""
        parent, core = heading.parent, heading.core
        if not parent and core not in self._lexicons[entity].exact:
            parent, core = both.groups() if (both := _PERIOD_END.match(core)) else ("", core)
        if not _PERIOD.search(parent) or _OTHER_PERIOD.search(parent):
            return None
        spec = self._catalogue[entity]
        for field, word in _ENDS.items():
            if field in spec and word.match(core):
                return Match(field, NEAR, exact=False)
        return None

    def assign(self, entity: str, headings: Mapping[int, Heading]) -> ColumnMap:
        """Give each column its best field; a field is taken once, by the surest column."""
        spec = self._catalogue[entity]
        offers = [
            (match.confidence + fit(spec[match.field], heading), column, match)
            for column, heading in headings.items()
            if not self.is_index(heading) or self._index_is_key(spec, heading, headings)
            for match in self.candidates(entity, heading)
        ]
        # 评估净值 beside 评估原值: of two names of a field the one declared first; of several
        # years or months the last, for a house is let as it is now.
        order = {word: at for at, word in enumerate(self._lexicons[entity].exact)}
        offers.sort(
            key=lambda o: (
                -o[0], order.get(headings[o[1]].core, len(order)), _latest_first(headings[o[1]]),
                o[1],
            )
        )  # fmt: skip
        columns: dict[int, Match] = {}
        taken: set[str] = set()
        for rank, column, match in offers:
            if column not in columns and match.field not in taken and rank >= _LEAST - 0.1:
                columns[column] = match
                taken.add(match.field)
        self._areas_beside_certified(spec, columns, headings)
        return ColumnMap(entity, columns, self._score(spec, columns, headings))

    def _areas_beside_certified(
        self, spec: Entity, columns: dict[int, Match], headings: Mapping[int, Heading]
    ) -> None:
        """Take 建筑面积 beside 产权面积 for the area that there is, for a person to confirm."""
        taken = {match.field: column for column, match in columns.items()}
        for column, heading in headings.items():
            if column in columns or not is_plain_area(heading):
                continue
            certified = self._lexicons[spec.key].exact.get(heading.core, "")
            actual = certified.removesuffix(CERTIFIED) + ACTUAL
            beside = taken.get(certified)
            if beside is None or actual not in spec or actual in taken:
                continue
            if names_certificate(headings[beside]):
                columns[column] = Match(actual, MAY_MEAN_TWO, exact=False)
                taken[actual] = column

    def _index_is_key(self, spec: Entity, heading: Heading, all_: Mapping[int, Heading]) -> bool:
        """编号 is the row number unless the table has another column that numbers the rows."""
        others = [h for h in all_.values() if h is not heading and self.is_index(h)]
        return heading.core == "编号" and bool(others) and "code" in spec

    def _score(
        self, spec: Entity, columns: Mapping[int, Match], headings: Mapping[int, Heading]
    ) -> float:
        """Weigh the match: rare headings and required fields count most."""
        score = 0.0
        for column, match in columns.items():
            field = spec[match.field]
            weight = 0.5 + self.rarity(headings[column]) * 1.5
            if field.check_only:
                weight *= 0.8
            score += weight * match.confidence * (1.0 if match.exact else 0.7)
        fields = {match.field for match in columns.values()}
        if not fields & set(spec.required_any):
            return score * (0.6 if fields & set(spec.named_by) else 0.25)
        if any(_YEAR in key and not set(key) - {_YEAR} <= fields for key in spec.identity):
            return score * 0.5  # figures of a year, and nobody's
        if _YEAR not in spec and any(h.core in _YEARLY for h in headings.values()):
            score *= 0.7
        if any(len(key) == 1 and key[0] in fields for key in spec.identity):
            score += 1.0
        return score


@lru_cache(maxsize=2)
def matcher_of(catalogue: Catalogue) -> HeadingMatcher:
    """Return the one matcher of a catalogue, for all projects: it remembers what it found."""
    return HeadingMatcher(catalogue)


def _latest_first(heading: Heading) -> tuple[int, int]:
    """Return what sorts the last year and month that headings name first, none last."""
    year = max(map(int, YEAR_WORD.findall(heading.text)), default=0)
    months = [int(month) for month in _MONTH_NAMED.findall(heading.text)]
    return -year, -max(months, default=_WHOLE_YEAR if year else 0)


def _is_short_code(word: str) -> bool:
    """Tell whether a spelling is a code such as A1 or ZL, which values may equal by chance."""
    return word.isascii() and len(word) <= _SHORT_CODE
