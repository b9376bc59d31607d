"""Recount a vote from its published bundle:   python3 recount.py bundle.zip

It ends with status 0 if all fits, 1 if not, 2 if the file is no bundle. README.txt says what it can't know.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from hashlib import sha256
from itertools import groupby
from math import inf
from typing import Any

DIGESTED = ["election.json", "account.json", "codes.txt", "check-numbers.txt"]
ALWAYS = ["ledger.jsonl", *DIGESTED, "outcome.json", "seal.txt", "words.txt", "recount.py", "README.txt"]
SHOWN = {"awards": [], "marks": ["marks.json", "salt.txt"], "ballots": ["ballots.tsv", "salt.txt", "votes.pb"]}
WORD_LIST = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"  # digest of the 2,048 words of BIP 39
ACTS = {  # what can happen in each state of the poll (+ takes two people), and the state after what moves it on
    "planned": "print print_failed recovery envelope void open", "counting": "papers hands +count", "counted": "seal",
    "open": "print print_failed recovery envelope void +replace +paper_out close", "sealed": "look +draw publish",
    "closed": "print_failed recovery void +paper_out paper_back decide account +reopen +agree",
}  # fmt: skip
AFTER = {"open": "open", "close": "closed", "reopen": "open", "agree": "counting", "count": "counted", "seal": "sealed"}
Bad = Iterator[str]  # what a check is about, and then sentences, each about one thing that does not fit


def _digest(data: str | bytes) -> str:  # SHA-256: 64 digits that are quite different if a single letter is
    return sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _compact(value: object) -> str:  # the one way in which a value is written as JSON: equal values, equal digests
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _levels(refs: Iterable[str], rank: Any) -> list[list[str]]:  # bids sorted by a rank, those of equal rank together
    return [list(level) for _, level in groupby(sorted(refs, key=rank), key=rank)]


class Bundle:
    """The files of a bundle, what must be true of them, and the count of its ballots."""

    def __init__(self, path: str) -> None:
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            if sum(file.file_size for file in archive.infolist()) > 20_000_000:  # before anything is unpacked
                raise ValueError("its files have more than 20,000,000 bytes")
            self.text = {name: archive.read(name).decode() for name in self.names}
            self.lines = {name: text.split("\n")[:-1] for name, text in self.text.items()}
            self.text["ledger.jsonl"]  # without it, it is something else

    def check_files(self) -> Bad:
        yield "Every file is there and can be read, and there is no other."
        name, wanted, self.json = "ledger.jsonl", ALWAYS, dict[str, Any]()
        try:
            self.ledger = [json.loads(line) for line in self.lines[name]]
            [self.counted] = [entry["body"] for entry in self.acts("count")]
            self.shown, self.number = self.counted["shown"], self.counted["ballots"]
            wanted = ALWAYS + SHOWN[self.shown]
            for name in wanted:
                self.json[name] = json.loads(self.text[name]) if name.endswith(".json") else self.text[name]
                if name.endswith(".json") and _compact(self.json[name]) != self.text[name]:
                    yield f"{name} is not written in the form in which it was published."
            name, self.election = "election.json", self.json["election.json"]
            self.ask = {bid["ref"]: int(bid["ask"]) for bid in self.election["bids"]}
            who = "{0[title]} (number {0[number]}, {1}, {0[ref]})"  # as the hall knows it from the ballot paper
            self.called = {bid["ref"]: who.format(bid, bid["group"] or "no group") for bid in self.election["bids"]}
            name, lines = "codes.txt", [line.split(" ") for line in self.lines["codes.txt"]]
            self.codes = [(tag, state, serial, int(envelope)) for tag, state, serial, envelope in lines]
            name, lines = "ballots.tsv", [line.split("\t") for line in self.lines.get("ballots.tsv", [])]
            self.ballots = [(json.loads(ballot), int(voters)) for ballot, voters in lines]
        except (KeyError, RecursionError, TypeError, ValueError) as error:
            yield f"{name} is missing or can't be read ({error!r})."
        yield from (f"{name} does not belong here." for name, n in Counter(self.names).items() if n > (name in wanted))

    def acts(self, *kinds: str) -> list[dict[str, Any]]:  # the ledger's entries of these kinds
        return [entry for entry in self.ledger if entry["type"] in kinds]

    def named(self, refs: Iterable[str]) -> str:  # bids as the hall knows them
        return "; ".join(self.called.get(str(ref), str(ref)) for ref in refs)

    def check_chain(self) -> Bad:
        yield "ledger.jsonl: each entry holds the digest of the one before: none was changed, left out or slipped in."
        before = "0" * 64
        for number, (entry, line) in enumerate(zip(self.ledger, self.lines["ledger.jsonl"]), 1):
            own = _digest(_compact({key: value for key, value in entry.items() if key != "hash"}))
            place = (entry["prev"], entry["seq"], entry["event"]) == (before, number, self.election["event"])
            if entry["hash"] != own or _compact(entry) != line or not place:
                yield f"ledger.jsonl: entry {number} was changed, or does not follow the one before it."
            before = entry["hash"]

    def check_acts(self) -> Bad:
        yield "ledger.jsonl: the acts come in an order that makes sense, and two people did what takes two."
        state, cards = "planned", set[str]()
        for entry in self.ledger:
            where, body, kind = f"ledger.jsonl: entry {entry['seq']} ({entry['type']})", entry["body"], entry["type"]
            acts, second = ACTS.get(state, ""), body.get("second", "nobody")
            if kind not in ["witness", "pass", "device", "phone", *acts.replace("+", "").split()]:
                yield f"{where} can't happen while the poll is {state}."
            state = {**AFTER, "publish": "over"}.get(kind, state)
            cards ^= {f"witness {body['witness']}"} if kind == "witness" else set()  # given, or taken back
            takes_two = f"+{kind}" in acts or body.get({"void": "ballots", "decide": "was"}.get(kind))
            is_other = second in cards or (second.startswith("account ") and second != f"account {entry['actor']}")
            if takes_two and not is_other:
                yield f"{where} was confirmed by no second person whom the ledger knows."
            if kind == "open" and body["ballots"]:
                yield f"{where}: the box was not empty when voting opened."
            if kind == "publish" and (body["shown"] != self.shown or (self.shown == "awards") != (self.number < 5)):
                yield f"{where} shows another part of the ballots than it should."
        if state != "over":
            yield f"ledger.jsonl: it ends with a poll that is {state}, not published."

    def check_digests(self) -> Bad:
        yield "Rules, bids, ballots and lists have the digests that the ledger has held since opening and count."
        found = {name: _digest(self.text[name]) for name in DIGESTED}
        for name in SHOWN[self.shown][:1]:  # the ballots or marks
            found[f"{name} (or salt.txt)"] = _digest(f"{self.text['salt.txt'].strip()}\n{self.text[name]}")
        for name, own in found.items():
            if own != self.counted["digests"][name.split(".")[0].replace("-", "_")]:
                yield f"{name} is not what was counted: the ledger holds another digest."
        paper = {key: self.election[key] for key in ("event", "share", "ballot", "rule")}
        paper["bids"] = [[bid["number"], bid["ref"], bid["ask"]] for bid in self.election["bids"]]
        for entry in self.acts("open", "count"):
            if entry["body"]["definition"] != _digest(_compact(paper)):
                yield f"election.json has other rules or bids than entry {entry['seq']} of the ledger fixed."

    def check_seal(self) -> Bad:
        yield "seal.txt: the seal is the digest of the ledger's entry about it, and the six words say the same."
        seal, words = self.acts("seal")[-1]["hash"], self.lines["words.txt"]
        six = " ".join(words[int(seal, 16) >> shift & 2047] for shift in range(245, 189, -11))
        if _digest(self.text["words.txt"]) != WORD_LIST:
            yield "words.txt is not the list of 2,048 words that is known as BIP 39."
        if self.text["seal.txt"] != f"{seal}\n{six}\n":
            yield f"seal.txt is not the ledger's seal: {seal}, in words: {six}."

    def check_slips(self) -> Bad:
        yield "codes.txt: every slip was printed, and became live or void, by an entry of the ledger."
        state, tags = dict[str, str](), {serial: bytes.fromhex(tag) for tag, _, serial, _ in self.codes}
        if len(tags) < len(self.codes) or sorted(self.codes) != self.codes:
            yield "codes.txt: a slip stands there twice, or the lines are not sorted."
        for entry in self.ledger:
            body, where = entry["body"], f"codes.txt: entry {entry['seq']} of the ledger ({entry['type']})"
            if entry["type"] == "print":
                first, last = int(body["first"][2:]), int(body["last"][2:])
                new = [key for key in tags if key[0] == body["first"][0] and first <= int(key[2:]) <= last]
                if len(new) != body["slips"] or _digest(b"".join(sorted(tags[key] for key in new))) != body["tags"]:
                    yield f"{where} printed other slips than those listed from {body['first']} to {body['last']}."
                state.update(dict.fromkeys(new, body["state"]))
            if entry["type"] == "envelope":
                inside = [key for _, _, key, n in self.codes if n == body["envelope"] and state.get(key) == "spare"]
                if len(inside) != body["slips"]:
                    yield f"{where} opened {body['slips']} slips; {len(inside)} are listed in that envelope."
                state.update(dict.fromkeys(inside, "live"))
            if entry["type"] in ("void", "print_failed"):
                state.update(dict.fromkeys(body.get("serials") or [body["serial"]], "void"))
        for _, said, serial, _ in self.codes:
            if state.get(serial) != said:
                yield f"codes.txt: slip {serial} is {said}; by the ledger it is {state.get(serial, 'not printed')}."

    def check_account(self) -> Bad:
        yield "account.json adds up, or says why not, and check-numbers.txt has one number for each ballot."
        account, known = self.json["account.json"], Counter(state for _, state, _, _ in self.codes)
        out, taken = account["live"] - account["left_over"], account["door_count"] + account["replaced"]
        known.update(printed=len(self.codes), voted=self.number, replaced=len(self.acts("replace")), handed_out=out)
        known.update(*(entry["body"] for entry in self.acts("papers")))
        for it in ("printed", "live", "void", "spare", "test", "handed_out", "voted", "replaced", "on_paper", "spoilt"):
            if account[it] != known[it]:
                yield f"account.json: {it} is {account[it]}, and should be {known[it]}."
        wrong = [account["unaccounted"] > 0, out < 0, 0 <= out != taken, 0 <= out < self.number]
        if len(account["mismatches"]) != sum(wrong) or (any(wrong) and not account["reason"]):
            yield f"account.json: {sum(wrong)} things do not balance, and it names others or gives no reason."
        if len(numbers := self.lines["check-numbers.txt"]) != self.number or numbers != sorted(set(numbers)):
            yield f"check-numbers.txt does not hold {self.number} different numbers in order, one for each ballot."

    def check_ballots(self) -> Bad:
        yield "The ballots (or marks) are as many as were counted, and each is complete under the rules of the ballot."
        rules, refs, most = self.election["ballot"], set(self.ask), 10**9
        if self.shown == "ballots" and sum(voters for _, voters in self.ballots) != self.number:
            yield f"ballots.tsv does not hold the {self.number} ballots that were counted."
        for ballot, voters in self.ballots:
            number, given = len(ballot), list(ballot.values()) if isinstance(ballot, dict) else [1]
            is_complete = number == len(refs) if rules.get("must_score_all") else set(ballot) <= refs
            is_complete &= voters > 0 and rules.get("min_choices", 1) <= number <= rules.get("max_choices", most)
            is_complete &= rules.get("min_points", 1) <= min(given) and max(given) <= rules.get("max_points", most)
            is_complete &= sum(given) <= rules.get("max_sum", most) and len(set(ballot)) == number
            if not is_complete or sum(self.ask[ref] for ref in ballot) > rules.get("max_spend", inf):
                yield f"ballots.tsv: this is no complete ballot: {_compact(ballot)}."
        for ref, marks in self.json.get("marks.json", {}).items():
            if ref not in refs or sum(marks.values()) > self.number:
                yield f"marks.json: {ref} has more marks than there were ballots."

    def check_outcome(self) -> Bad:
        yield "outcome.json, and votes.pb: what is published of the ballots, counted again, gives just that outcome."
        outcome, rules = self.json["outcome.json"], self.election["ballot"]
        self.funded, able = outcome["funded"], [bid["ref"] for bid in self.election["bids"] if not bid["is_withdrawn"]]
        own = self.count() if self.shown != "awards" else {"funded": [ref for ref in able if ref in outcome["funded"]]}
        own |= {key: outcome[key] for key in outcome if key == "margin"}  # README.txt says why it is taken as it stands
        if sum(self.ask[ref] for ref in own["funded"]) > self.election["share"]:
            yield "outcome.json: the funded bids ask for more than the share."
        for key in {**own, **outcome}:
            if own.get(key, "") != outcome.get(key, ""):
                yield f"outcome.json: {key} is {_compact(outcome.get(key, ''))}; counted: {_compact(own.get(key, ''))}."
        if self.shown != "ballots":
            return
        start, meta, bids, votes = re.split("(?m)^(?:META|PROJECTS|VOTES)\n", self.text["votes.pb"])
        amounts = {**self.ask, "budget": self.election["share"], "max_sum_cost": rules.get("max_spend", 0)}
        said = {key: f"{pence / 100:.2f}".rstrip("0").rstrip(".") for key, pence in amounts.items() if pence}
        wanted = {"num_projects": len(self.ask), "num_votes": self.number, "currency": self.election["currency"]}
        for key in [key for key in amounts if key in said and key not in self.ask] + [*wanted]:
            if re.findall(f"(?m)^{key};(.*)$", meta) != [str({**said, **wanted}[key])]:
                yield f"votes.pb: {key} is not what election.json and the ledger say."
        (header, *listed), (columns, *cast), rows = bids.split("\n")[:-1], votes.split("\n")[:-1], list[str]()
        for bid in self.election["bids"]:
            ref, cost = bid["ref"], "999999999" if bid["is_withdrawn"] else said[bid["ref"]]
            cells = [ref, cost, str(self.votes[ref]), *[str(self.points[ref])] * (";score;" in header), ""]
            found = [line[line.rindex(";") :] for line in listed if line.startswith(";".join(cells))]
            if found != [f";{int(self.verdicts[ref] == 'funded')}"]:
                yield f"votes.pb: the row of {ref} is not what the other files say."
        for ballot, voters in sorted((list(one.items()), voters) for one, voters in self.cast):
            pairs = sorted(ballot, key=lambda pair: -pair[1])
            row = [",".join(ref for ref, _ in pairs), ",".join(str(points) for _, points in pairs)]
            rows += [";".join(row[: columns.count(";")])] * voters
        if start or len(listed) > len(self.ask) or cast != [f"{number};{row}" for number, row in enumerate(rows, 1)]:
            yield "votes.pb does not hold the votes of ballots.tsv, one by one and in order, and nothing else."

    def count(self) -> dict[str, Any]:  # count by the rule that was fixed beforehand, and say it as outcome.json does
        self.rule, share, ballot = self.election["rule"], self.election["share"], self.election["ballot"]
        self.left, self.kind, self.undrawn = share, str(self.rule["name"]), list[str]()
        self.endowment: Any = None
        options, mean = {"name", "ties", "threshold", "minimum_mean", "utilities"}, self.rule.get("minimum_mean", "1")
        if not set(self.rule) <= options or not mean.replace("/", "").isdecimal() or "-comp" in self.kind:
            raise ValueError(f"this file does not know the rule {_compact(self.rule)}")
        top = int(ballot["max_choices"]) + 1 if ballot["kind"] == "ranked" else 0  # a place is worth this, less itself
        self.cast = [
            (one if isinstance(one, dict) else {ref: top - n if top else 1 for n, ref in enumerate(one, 1)}, voters)
            for one, voters in self.ballots
        ]
        self.points, self.votes, marks = Counter[str](), Counter[str](), self.json.get("marks.json", {})
        given = [(ref, points, voters) for one, voters in self.cast for ref, points in one.items()]
        given += [(ref, abs(top - int(mark)), voters) for ref in marks for mark, voters in marks[ref].items()]
        for ref, points, voters in given:
            self.points[ref] += points * voters
            self.votes[ref] += voters
        self.verdicts = {bid["ref"]: self.bar(bid) for bid in self.election["bids"] if self.bar(bid)}
        self.able = [ref for ref in self.ask if ref not in self.verdicts]
        {"g": self.greedy, "e": self.equal_shares, "p": self.phragmen}[self.kind[0]]()
        self.end(self.able, "not-afforded" if self.kind[0] == "e" else "after-stop")
        if self.undrawn:
            raise ValueError(f"the ledger holds no draw between these level bids: {self.named(self.undrawn)}")
        funded = [ref for ref, verdict in self.verdicts.items() if verdict == "funded"]
        bids = [{"ref": ref, "verdict": self.verdicts[ref], "total": self.points[ref]} for ref in self.ask]
        found = {"funded": funded, "spent": share - self.left, "left": self.left, "endowment": self.endowment}
        return {**found, "bids": bids}

    def bar(self, bid: dict[str, Any]) -> str:  # why a bid can't be funded at all; "" if it can
        points, least = self.points[bid["ref"]], Fraction(self.rule.get("minimum_mean", 0)) * self.votes[bid["ref"]]
        if bid["is_withdrawn"] or not points:
            return "withdrawn" if bid["is_withdrawn"] else "no-votes"
        return "below-threshold" if points < self.rule.get("threshold", 0) else "below-mean" * (points < least)

    def lot(self, ref: str) -> str:  # a bid's lot. Nobody chose it: it follows from rules, bids and ballots
        keys, bids = ("ref", "ask", "is_withdrawn"), sorted(self.election["bids"], key=lambda bid: str(bid["ref"]))
        lines = ["pbvote lot 1", *(_compact(self.election[key]) for key in ("rule", "share", "ballot"))]
        lines += [_compact({"exclusive_group": "", **{key: bid[key] for key in keys}}) for bid in bids]
        return _digest(_digest("\n".join([*lines, self.text["ballots.tsv"]])) + f"\n{ref}")

    def settle(self, tied: list[str]) -> list[list[str]]:  # by the tie keys; a group of several is level still
        groups, draws = [tied], [entry["body"]["order"] for entry in self.acts("draw")]
        for key in self.rule["ties"]:
            for group in [group for group in groups if len(group) > 1]:
                drawn = next((order for order in draws if set(group) <= set(order)), group[:0])
                rank: Any = {"cheaper": self.ask.get, "lot": self.lot, "listed": list(self.ask).index}
                rank |= {"votes": lambda ref: -self.votes[ref], "draw": drawn.index if drawn else lambda _: 0}
                groups[groups.index(group) : groups.index(group) + 1] = _levels(group, rank[key])
        return groups

    def first_of(self, tied: list[str]) -> str:  # the first of level bids; notes where nothing says which that is
        first = self.settle(tied)[0]
        self.undrawn = self.undrawn or (first if len(first) > 1 else [])
        return first[0]

    def end(self, refs: list[str], verdict: str) -> None:  # note what becomes of those bids that had no turn before
        for ref in refs:
            self.left -= self.ask[ref] if verdict == "funded" else 0
            self.verdicts.setdefault(ref, verdict)

    def greedy(self) -> None:  # each bid has its turn, the one with most votes or points first
        for level in _levels([ref for ref in self.able if ref not in self.verdicts], lambda ref: -self.points[ref]):
            self.take(level)

    def take(self, group: list[str]) -> None:  # level bids have their turn, by the tie keys if their order matters
        if "stopped" in self.verdicts.values():
            return
        fitting = [ref for ref in group if self.ask[ref] <= self.left]
        dear, stops = [ref for ref in group if ref not in fitting], self.kind == "greedy-no-skip"
        if sum(self.ask[ref] for ref in fitting) <= self.left and not (stops and fitting and dear):
            self.end(fitting, "funded")
            self.end(dear[:1] if stops else dear, "stopped" if stops else "does-not-fit")
            return
        parts = self.settle(group)
        if len(parts) == 1 and not stops:  # only those that fit were drawn
            self.end(dear, "does-not-fit")
            parts = self.settle(fitting)
        self.undrawn += parts[0] if len(parts) == 1 else []
        for part in parts if len(parts) > 1 else []:
            self.take(part)

    def price(self, ref: str, purse: list[Fraction]) -> Any:  # of a bid, for each point that supporters gave it
        fans = [(has / each[ref], each[ref] * n) for has, (each, n) in zip(purse, self.cast) if each.get(ref)]
        owed, weight = Fraction(self.ask[ref]), sum(points for _, points in fans)
        for most, points in sorted(fans):
            if most * weight >= owed:
                return owed / weight
            owed, weight = owed - most * points, weight - points
        return inf

    def buy(self, endowment: Fraction) -> list[str]:  # Equal Shares: what costs supporters least, bid by bid
        purse, bought, self.undrawn = [endowment] * len(self.cast), list[str](), []
        worth = {ref: 1 if "utilities" in self.rule else ask for ref, ask in self.ask.items()}
        low: dict[str, Any] = dict.fromkeys(self.able, 0)  # prices never fall: a bid costs at least this
        while True:
            best: Any = inf
            for ref in sorted(low, key=low.__getitem__):
                if low[ref] <= best:
                    low[ref] = self.price(ref, purse) / worth[ref]
                    best = min(best, low[ref])
            if best == inf:
                return bought
            ref = self.first_of([ref for ref in self.able if low.get(ref) == best])
            purse = [has - min(has, best * worth[ref] * each.get(ref, 0)) for has, (each, _) in zip(purse, self.cast)]
            bought.append(ref)
            del low[ref]

    def equal_shares(self) -> None:  # in add1 variants the money is raised by whole pounds
        voters, unit = sum(voters for _, voters in self.cast), self.election["minor_units"]
        if self.able and "/add1" not in self.kind:
            self.end(self.buy(Fraction(self.left, voters)), "funded")
        elif self.able:
            money, step = self.left // voters // unit * unit, unit
            all_fit, higher = sum(self.ask[ref] for ref in self.able) <= self.left, list[str]()
            while len(higher) < len(self.able):
                higher = self.buy(Fraction(money))
                if sum(self.ask[ref] for ref in higher) > self.left:
                    break
                self.endowment, money, step = money, money + step, step * 2 if all_fit else step
            self.end(self.buy(Fraction(self.endowment)), "funded")
        if "add1u" in self.kind:  # what is left goes to the bids with most votes or points
            self.greedy()

    def phragmen(self) -> None:  # everybody earns alike; bought is what supporters have earned first
        paid, able = [Fraction(0)] * len(self.cast), list(self.able)
        while able and "stopped" not in self.verdicts.values():
            saved = {ref: sum(t * n for t, (each, n) in zip(paid, self.cast) if each.get(ref)) for ref in able}
            due = {ref: (self.ask[ref] + saved[ref]) / Fraction(self.votes[ref]) for ref in able}
            ref = self.first_of([ref for ref in able if due[ref] == min(due.values())])
            self.end([ref], "funded" if self.ask[ref] <= self.left else "stopped")
            paid = [due[ref] if each.get(ref) else then for then, (each, _) in zip(paid, self.cast)]
            able.remove(ref)


def main(path: str = "bundle.zip") -> int:
    """Make every check, say what was found, and return the end status."""

    def say(*lines: str) -> None:  # what can't be seen is shown, so that no name in a bundle makes a line of its own
        print(*("".join(letter if letter.isprintable() else "?" for letter in line) for line in lines), sep="\n")

    try:
        bundle = Bundle(path)
    except Exception as error:  # there is no end to what a file can be that is no bundle
        say(f"{path} is no bundle: {error}")
        return 2
    number = 0
    for check in [getattr(bundle, name)() for name in vars(Bundle) if name.startswith("check_")]:
        if number and check.__name__ in ("check_chain", "check_outcome"):
            break  # what follows builds on what does not fit
        about, bad = next(check), list[str]()
        try:
            bad += check
        except Exception as error:  # nor to what can stand in one that somebody made up
            bad.append(f"{about} This can't be checked: {error!r}.")
        say(*([f"DOES NOT FIT: {one}" for one in bad] or [f"Fits: {about}"]))
        number += len(bad)
    if number:
        say(f"{number} {'thing does' if number == 1 else 'things do'} not fit.")
        return 1
    say(f"The seal, to compare with a photo of it: {' '.join(bundle.text['seal.txt'].split()[1:])}")
    for body in (entry["body"] for entry in bundle.acts("draw")):
        say(f"Drawn in the room after the seal, and confirmed by {body['second']}: {bundle.named(body['order'])}")
    few = "So few people voted that their ballots are not published: nobody can count them again."
    say(*[few] * (bundle.shown == "awards"), f"Everything fits. Funded, in this order: {bundle.named(bundle.funded)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
