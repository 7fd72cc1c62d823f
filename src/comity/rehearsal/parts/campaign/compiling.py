"""A game before its first round, compiled to whole numbers and arrays: what very many games are played from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_args

from comity.clauses.payment import Payment
from comity.kernel.family import kind_of
from comity.kernel.quantity import Duration
from comity.kernel.result import Text
from comity.model.clause import Clause
from comity.model.life import STAGES, Signal
from comity.model.player import Tabled
from comity.model.policy import Policy
from comity.rehearsal.parts.campaign.bodies import Bodies, NotCompiled
from comity.rehearsal.parts.campaign.purposes import Purposes
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import days
from comity.rehearsal.parts.game.wishes import Topic

if TYPE_CHECKING:
    from comity.solvers.campaign.arrays import Ints, Law

SIGNALS: tuple[Signal, ...] = get_args(Signal)
RESPONSES = ("pass", "notice_given", "clause_suspended")
AGAINST = {"no": 1, "abstain": 2, "objects": 5}
SHOCKS = ("absent", "walks_out", "vetoes", "does_not_pay", "tariff")
FINE, PARTS, WORD = 1000, 10**12, 2**32
LARGEST = 10**4
"""The largest denominator of a share that players ask for."""


def untabled(game: Play) -> dict[str, str]:
    """Members whose players no table describes, and what they are."""
    seats = {member: game.problem.player(member) for member in game.members}
    return {member: str(kind_of(type(player))) for member, player in seats.items() if not isinstance(player, Tabled)}


def uncompiled(game: Play) -> Text | None:
    """What of a game the arrays do not hold, in words; None where they hold all of it."""
    for shock in game.problem.shocks:
        if shock.what not in SHOCKS:
            return Text(f"the shock '{shock.what} {shock.whom}'", f"冲击“{shock.what} {shock.whom}”")
        if shock.when is not None:
            return Text(f"a shock that begins when '{shock.when}'", f"以“{shock.when}”为条件的冲击")
        if shock.revenue != shock.own_loss:
            return Text(f"what a tariff brings {shock.by}", f"关税给{shock.by}带来的收支")
    return None


class Compiling:
    """A game before its first round, and what its arrays are built from."""

    def __init__(self, game: Play, forgets: Fraction, discount: Fraction) -> None:
        import numpy as np

        if odd := uncompiled(game):
            why = Text(f"Compiled games do not hold {odd.en}.", f"编译推演不含{odd.of('zh')}。")
            raise NotCompiled(why, mend="Leave it out, or play on the law engine: --path law.")
        self.game, self.np = game, np
        self.forgets, self.rate = forgets, discount
        self.problem = game.problem
        self.members = tuple(game.members)
        self.topics: tuple[Topic, ...] = tuple(game.topics.values())
        self.law = game.driver.state.law
        self.clauses: dict[str, Clause] = dict(self.law.clauses)
        players = [self.problem.player(member) for member in self.members]
        self.policies: list[Policy] = [
            player.policy(self.problem.rounds) for player in players if isinstance(player, Tabled)
        ]
        self.rounds = self.problem.rounds
        self.horizon = self.rounds + self.problem.terms.periods + self.problem.terms.within + 2
        self.days = [self.problem.start, *(self.problem.day(number) for number in range(1, self.horizon))]
        self.bodies = Bodies(game, self.policies)
        last = self.days[self.rounds]
        if self.law.members_on(last) != self.law.members_on(self.problem.start):
            why = Text(f"The charter's own membership changes before {last}.", f"章程自身的成员在{last}之前发生变化。")
            raise NotCompiled(why, mend="Rehearse fewer rounds, or play on the law engine: --path law.")

    def day(self, date: datetime.date) -> int:
        """A date as a day counted from the first round."""
        return (date - self.problem.start).days

    def arrays(self) -> Law:
        """The whole institution as arrays.

        Raises:
            NotComputable: where so many members may leave that their combinations cannot be prepared.
        """
        from comity.solvers.campaign.arrays import Law

        np = self.np
        seed = self.problem.seed
        years = self.problem.years
        low, high = self._reach()
        made = Purposes(
            issues=[topic.issue for topic in self.topics],
            clauses=list(self.clauses),
            organs=list(self.game.sits),
            members=self.members,
            shape=(len(self.topics) + len(self.clauses), self.rounds + 1, self.problem.terms.periods + 1),
            shocks=len(self.problem.shocks),
            mixed=any(each not in {0, 1} for policy in self.policies for each in policy.consents),
        )
        a_year = max(round(365 / days(self.problem.every)), 1)
        exit_ = self.law.exit
        leave = [] if exit_ is None else [0, *(self._effect(number) for number in range(1, self.rounds + 1))]
        return Law(
            key=np.array([seed % WORD, seed // WORD], np.uint64),
            days=self._ints([self.day(date) for date in self.days]),
            agenda=self._agenda(),
            proposes=self._ints([self._proposer(organ) for organ in self.game.sits]),
            **self.bodies.arrays(),
            turns=self._ints([self.members.index(each) for each in sorted(self.members)]),
            wants=self._wants(),
            status_quo=self._ints([_fine(topic.status_quo) for topic in self.topics]),
            asks=self._rows([policy.asks for policy in self.policies]),
            takes=self._rows([policy.takes for policy in self.policies]),
            yields=self._rows([policy.yields for policy in self.policies]),
            matches=self._ints([_ratio(policy.matches) for policy in self.policies]),
            against=self._ints([(AGAINST[each.below], AGAINST[each.worse]) for each in self.policies]),
            keeps=self._ints([[chance(each) for each in policy.keeps] for policy in self.policies]),
            cures=self._ints([chance(policy.cures) for policy in self.policies]),
            responds=self._ints([RESPONSES.index(policy.responds) for policy in self.policies]),
            consents=self._chances([policy.consents for policy in self.policies]),
            attends=self._chances([policy.attends for policy in self.policies]),
            leaves=self._chances([policy.leaves for policy in self.policies]),
            leave_day=self._ints(leave),
            **self._lives(),
            again=self._again(),
            clauses=self._ints([self._span(clause) for clause in self.clauses.values()], (0, 3)),
            owes=self._ints(
                [[member in clause.obligor for member in self.members] for clause in self.clauses.values()],
                (0, len(self.members)),
            ),
            worth=self._worth(),
            periods=self.problem.terms.periods,
            texts=self.problem.texts,
            a_year=a_year,
            budget=self._budget(a_year),
            rank=made.rank(),
            shocks=self._shocks(),
            **made.arrays(),
            **self._goods(),
            forgets=round((1 - self.forgets) * 65536),
            discount=np.array([float(1 + self.rate) ** -float(years * (n - 1)) for n in range(self.rounds + 1)]),
            bins=np.array([low, high]),
        )

    def _ints(self, values: Sequence[object], shape: tuple[int, ...] = (0,)) -> Ints:
        return self.np.array(values, self.np.int64) if len(values) else self.np.zeros(shape, self.np.int64)

    def _rows(self, tables: Sequence[Sequence[Fraction]]) -> Ints:
        wide = max(len(table) for table in tables)
        return self._ints([[_ratio(table[min(n, len(table) - 1)]) for n in range(wide)] for table in tables])

    def _chances(self, tables: Sequence[Sequence[Fraction]]) -> Ints:
        wide = max(len(table) for table in tables)
        return self._ints([[chance(table[min(n, len(table) - 1)]) for n in range(wide)] for table in tables])

    def _agenda(self) -> Ints:
        """Which issue each organ takes up in each round, in turn, as in one game."""
        game, items = self.game, self.problem.items
        found = self.np.full((self.rounds + 1, len(game.sits), items), -1, self.np.int64)
        for at, (organ, every) in enumerate(game.sits.items()):
            own = [number for number, topic in enumerate(self.topics) if topic.organ == organ]
            turn = 0
            for round_ in range(1, self.rounds + 1, every):
                number = min(items, len(own))
                found[round_, at, :number] = [own[(turn + each) % len(own)] for each in range(number)]
                turn += number
        return found

    def _proposer(self, organ: str) -> int:
        who = self.law.organs[organ].proposes
        if who in {None, "any_member"}:
            return -1
        if who in {"chair", "secretariat"}:
            return -2
        return self.members.index(str(who)) if who in self.members else len(self.members)

    def _wants(self) -> Ints:
        found = self.np.full((len(self.topics), len(self.members), 3), -2, self.np.int64)
        for at, topic in enumerate(self.topics):
            for number, member in enumerate(self.members):
                want = topic.wants.get(member)
                if want is not None:
                    reach = -1 if want.reach is None else _fine(want.reach)
                    found[at, number] = (_fine(want.position), _fine(want.salience), reach)
        return found

    def _effect(self, round_: int) -> int:
        """The day on which a notice of withdrawal of a round takes effect; never where its conditions are disputed."""
        terms = self.law.exit
        day = None if terms is None or terms.settled else terms.effect(self.days[round_], bound_since=None)
        return 2**40 + 1 if day is None else self.day(day)

    def _lives(self) -> dict[str, Any]:
        """What each issue and clause is, and the life of its promises as a table of steps."""
        spans: dict[Duration, int] = {}
        clauses = (*(self._text(each) for each in range(len(self.topics))), *self.clauses.values())
        steps = self.np.full((len(clauses), len(STAGES), len(SIGNALS), 3), -1, self.np.int64)
        for at, clause in enumerate(clauses):
            waits = {"due": -2, "verification": spans.setdefault(clause.verified.every, len(spans))}
            if clause.breach is not None:
                waits["grace"] = spans.setdefault(clause.breach.grace, len(spans))
                waits["within"] = spans.setdefault(clause.breach.within, len(spans))
            for (stage, signal), step in clause.LIFE.items():
                spot = at, STAGES.index(stage), SIGNALS.index(signal)
                steps[spot] = STAGES.index(step.to), waits.get(step.wait, -1), step.consequence == "reward"
        last, start = self.day(self.days[self.rounds]) + 1, self.problem.start
        after = [[self.day(span.after(start + datetime.timedelta(n))) for n in range(last)] for span in spans]
        facts = [self._facts(clause, at) for at, clause in enumerate(clauses)]
        return {"steps": steps, "source": self._ints(facts), "after": self._ints(after)}

    def _text(self, topic: int) -> Clause:
        """A promise under a text, as the game on the law engine creates it."""
        from comity.model.clause import CLAUSES
        from comity.rehearsal.parts.game.talks import promises

        driver = self.game.driver
        driver.round, before = 1, driver.round
        made = promises(self.game, self.topics[topic])
        driver.round = before
        clause = next(iter(made.values()))
        return CLAUSES.get(clause["kind"]).model_validate(clause)

    def _facts(self, clause: Clause, at: int) -> list[int]:
        topic = at if at < len(self.topics) else self._topic(clause)
        verified = clause.verified
        every = max(round(days(verified.every) / days(self.problem.every)), 1)
        then = -1 if clause.breach is None else SIGNALS.index(clause.breach.then)
        reward = 0 if clause.reward is None else cents(clause.reward.amount.amount)
        owing = cents(clause.amount.amount) if isinstance(clause, Payment) else 0
        verdicts = {"performed": 1, "not_performed": 2}
        met = [verdicts.get(clause.assess(float(clause.reached(Fraction(done))), clause.by), 0) for done in (0, 1)]
        return [
            then, topic, every, chance(verified.false_alarm or Fraction(0)),
            chance(verified.miss or Fraction(0)), reward, owing, *met,
        ]  # fmt: skip

    def _topic(self, clause: Clause) -> int:
        return next((at for at, topic in enumerate(self.topics) if topic.matter == clause.issue), -1)

    def _again(self) -> Ints:
        """When a promise is due that is renegotiated in a round."""
        every, within = self.problem.every, self.problem.terms.within
        found = [(0, 0)]
        for number in range(1, self.rounds + 1):
            due = Duration(every.number * within, every.unit).after(self.days[number])
            found.append((self.day(due), self._round(due)))
        return self._ints(found)

    def _round(self, date: datetime.date) -> int:
        """The first round on or after a date."""
        return next((number for number in range(1, self.horizon) if self.days[number] >= date), 2**30)

    def _span(self, clause: Clause) -> tuple[int, int, int]:
        return self.day(clause.since or self.problem.start), self.day(clause.by), self._round(clause.by)

    def _worth(self) -> Ints:
        """What a promise is worth to each member: in each body for texts, to its obligors for clauses."""
        sources = len(self.topics) + len(self.clauses)
        bodies = self.bodies.bodies
        found = self.np.ones((sources, len(bodies), len(self.members)), self.np.int64)
        for at, topic in enumerate(self.topics):
            for number, body in enumerate(bodies):
                self._worths(found[at, number], topic, body, self.problem.terms.reward)
        for at, clause in enumerate(self.clauses.values(), start=len(self.topics)):
            topic = self._topic(clause)
            if topic >= 0:
                reward = None if clause.reward is None else clause.reward.amount
                for number in range(len(bodies)):
                    self._worths(found[at, number], self.topics[topic], clause.obligor, reward)
        return found

    def _worths(self, row: Ints, topic: Topic, obligors: Sequence[str], reward: object) -> None:
        amount: Fraction = getattr(reward, "amount", Fraction(0))
        paid = amount / 10**6 / self.problem.years
        for number, member in enumerate(self.members):
            if topic.good is not None:
                row[number] = topic.good.worth(member, obligors, paid)
            elif member in topic.wants:
                row[number] = 3

    def _budget(self, a_year: int) -> Ints:
        """What clauses of the charter may pay out in the year that begins in a round; empty where nothing is paid."""
        rewarded = [clause for clause in self.clauses.values() if clause.reward is not None]
        if not rewarded and self.problem.terms.reward is None:
            return self._ints([])
        found = [0]
        for number in range(1, self.rounds + 1):
            day, until = self.problem.day(number), self.problem.day(number + a_year)
            due = [
                cents(each.reward.amount.amount) * len(each.obligor) for each in rewarded
                if each.reward and day <= each.by < until
            ]  # fmt: skip
            found.append(sum(due))
        return self._ints(found)

    def _shocks(self) -> Ints:
        rows = [
            (
                SHOCKS.index(each.what), self.members.index(each.whom), each.round or 0,
                chance(each.chance or Fraction(0)), each.lasts,
                -1 if each.against is None else self.members.index(each.against),
                0 if each.amount is None else cents(each.amount.amount),
            )
            for each in self.problem.shocks
        ]  # fmt: skip
        return self._ints(rows, (0, 7))

    def _goods(self) -> dict[str, Any]:
        np, years = self.np, self.problem.years
        part = np.zeros((len(self.topics), len(self.members)), np.int64)
        goods = np.zeros((len(self.topics), len(self.members), 3))
        needed = np.full(len(self.topics), -1, np.int64)
        for at, topic in enumerate(self.topics):
            good = topic.good
            if good is None:
                continue
            needed[at] = max(round(good.needed * PARTS) - len(self.members), 0)
            for number, member in enumerate(self.members):
                part[at, number] = round(good.part.get(member, Fraction(0)) * PARTS)
                benefit = good.benefit.get(member, Fraction(0)) * years
                cost = good.cost.get(member, Fraction(0)) * years
                goods[at, number] = float(benefit), float(cost), float(good.excludable)
        return {"part": part, "goods": goods, "needed": needed}

    def _reach(self) -> tuple[float, float]:
        """Between which sums all net gains of a game lie; equal where nothing is valued."""
        years = self.problem.years * self.rounds
        goods = [topic.good for topic in self.topics if topic.good is not None]
        high = sum((sum(good.benefit.values(), Fraction(0)) for good in goods), Fraction(0)) * years
        low = sum((sum(good.cost.values(), Fraction(0)) for good in goods), Fraction(0)) * years
        whole = sum((part for good in goods for part in good.part.values()), Fraction(0)) / max(len(goods), 1)
        return -float(low), float(high * min(whole, 1))


def chance(share: Fraction) -> int:
    """A chance in parts of 2**32: a whole number drawn below it is exactly as likely as the game's own comparison.

    Example:
        >>> chance(Fraction(1, 2)) == 2**31, chance(Fraction(1, 3)) * 3 >= 2**32
        (True, True)
    """
    return int(-(-share.numerator * WORD // share.denominator))


def cents(amount: Fraction) -> int:
    """An amount of money in whole cents."""
    return int(amount * 100)


def _fine(value: Fraction) -> int:
    return round(value * FINE)


def _ratio(share: Fraction) -> tuple[int, int]:
    share = share.limit_denominator(LARGEST)
    return share.numerator, share.denominator
