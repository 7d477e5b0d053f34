"""Two copies of one project at two desks, for the tests that bring them together."""

import shutil
from pathlib import Path

from workbench.domain.catalogue import CATALOGUE


class Pair:
    """Two copies of a park with two parcels and a building, at two desks."""

    def __init__(self, program, folder, *, fill=True):
        self.program = program
        path = str(folder / "本份.park")
        first = program.create(path)
        self.keys = {}
        if fill:
            park = first.editing.add("park", {"code": "LX", "name": "柳溪园"})
            for code in ("L1", "L2"):
                values = {"code": code, "name": f"{code}地", "park": "柳溪园", "area_cert": "30亩"}
                self.keys[code] = first.editing.add("parcel", values)
            values = {"code": "B1", "name": "一号厂房", "park": "柳溪园", "parcel": "L1"}
            self.keys["B1"] = first.editing.add("building", values)
            self.keys["park"] = park
        first.close()
        other = str(folder / "另一份.park")
        shutil.copyfile(path, other)
        self.ours, self.theirs = program.open(path), program.open(other)

    def close(self):
        self.ours.close()
        self.theirs.close()

    def merge(self, *, back=False, **how):
        here, there = (self.theirs, self.ours) if back else (self.ours, self.theirs)
        return here.keeping.reconciling.merge(there.project, Path(there.project).name, **how)


def content(services):
    """Return every record by what a person sees of it, without what is a copy's own."""
    with services.unit_of_work() as work:
        return {
            (entity.key, record.key): (dict(record.values), record.position)
            for entity in CATALOGUE
            if entity.key not in ("merged_copy", "cleaned_files")
            for record in work.records.all(entity.key)
        }


def value(services, entity, key, field):
    return services.querying.record(entity, key).get(field)
