"""Turns mapping rules into Python: one plain function per tag that appends N-Triples text.

Built once at start, run for every field of every record; so the generated code is flat, its constants are
whole pieces of N-Triples, and what it calls are local names. ``Compiled.source`` is readable and is what a
traceback or ``jejaring explain --source`` shows.
"""

import linecache
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ontology.rules import Choice, PropertyPath, Rule, RuleError, Subfield
from ontology.terms import TYPE, constant, iri

Function = Callable[..., Any]
LEVEL = {"work": ("d.W", "d.W_"), "instance": ("d.I", "d.I_"), "record": ("d.R", "d.R_")}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The named Python that rules may mention.

    ``text``: literal in the record's language; ``plain``: literal without language; ``term``: function of
    (text, draft) that gives a whole N-Triples object or ""; ``makers``: take the words after the name and
    give such a function of the kind named beside them; ``calls``: take the rule and give a function of
    (field, subfields, draft); ``runtime``: ``digest``, ``split`` and ``listed_term``.
    """

    text: Mapping[str, Function]
    plain: Mapping[str, Function]
    term: Mapping[str, Function]
    makers: Mapping[str, tuple[str, Function]]
    calls: Mapping[str, Callable[[Rule], Function]]
    runtime: Mapping[str, Function]


@dataclass(slots=True)
class Compiled:
    """Functions by tag, and the source text they were made from."""

    functions: dict[str, Function]
    source: str


@dataclass(slots=True)
class _Writer:
    vocabulary: Vocabulary
    trace: bool
    lines: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)
    depth: int = 1

    def put(self, line: str) -> None:
        self.lines.append("    " * self.depth + line)

    def name(self, stem: str, value: Any) -> str:
        """A global of the generated module that holds a value; equal values share one."""
        for name, known in self.names.items():
            if name.startswith(stem + "_") and known is value:
                return name
        name = f"{stem}_{len(self.names)}"
        self.names[name] = value
        return name


def compile_rules(rules: Sequence[Rule], vocabulary: Vocabulary, *, trace: bool = False) -> Compiled:
    """Compile rules. With ``trace`` each rule first calls ``d.mark(index)``. Raises RuleError."""
    writer = _Writer(vocabulary, trace)
    writer.names.update(vocabulary.runtime)
    tags: dict[str, list[tuple[int, Rule]]] = {}
    for index, rule in enumerate(rules):
        for tag in rule.tags:
            tags.setdefault(tag, []).append((index, rule))
    for tag, numbered in tags.items():
        _tag(writer, tag, numbered)
    source = "\n".join(writer.lines) + "\n"
    file = f"<mapping rules{' traced' if trace else ''}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    space = dict(writer.names)
    exec(compile(source, file, "exec"), space)
    return Compiled({tag: space[_function(tag)] for tag in tags}, source)


def _function(tag: str) -> str:
    return "field_" + "".join(c if c.isalnum() else "_" for c in tag)


def _tag(w: _Writer, tag: str, numbered: list[tuple[int, Rule]]) -> None:
    w.depth = 0
    w.put(f"def {_function(tag)}(field, subs, d):")
    w.depth = 1
    w.put("add, close = d.add, d.close")
    if any(rule.ind1 or rule.ind2 or _by_indicator(rule) for _, rule in numbered):
        w.put("ind1, ind2 = field.indicators")
    named = [set("".join(rule.ind1 for _, rule in numbered)), set("".join(rule.ind2 for _, rule in numbered))]
    for index, rule in numbered:
        w.depth = 1
        w.put(f"# {rule.place} {rule.name}")
        try:
            _rule(w, index, rule, _indicators(rule, named))
        except (ValueError, KeyError) as error:
            raise RuleError(f"{rule.place}: {error}") from error
    w.put("")


def _by_indicator(rule: Rule) -> bool:
    return any(choice is not None and choice.by.startswith("ind") for choice in (rule.classes, *rule.constants))


def _indicators(rule: Rule, named: list[set[str]]) -> list[str]:
    """The tests of a rule's indicators. A rule for the blank takes also what no rule of its tag names: wrong
    indicators should lose no field. ``named`` are the first and the second indicators that the tag's rules name."""
    tests = []
    for name, chars, known in zip(("ind1", "ind2"), (rule.ind1, rule.ind2), named, strict=True):
        if " " in chars:
            others = "".join(sorted(known.difference(chars)))
            tests += [f"{name} not in {others!r}"] if others else []
        elif chars:
            tests.append(f"{name} in {chars!r}")
    return tests


def _rule(w: _Writer, index: int, rule: Rule, tests: list[str]) -> None:
    if rule.material:
        tests.append(f"d.material in {rule.material!r}")
    if rule.category:
        tests.append(f"subs[:1] in {tuple(rule.category)!r}")
    if tests:
        w.put(f"if {' and '.join(tests)}:")
        w.depth += 1
    start = len(w.lines)
    if w.trace:
        w.put(f"d.mark({index})")
    if rule.call:
        w.put(f"{w.name('call', w.vocabulary.calls[rule.call](rule))}(field, subs, d)")
    elif rule.positions:
        _positions(w, rule)
    elif rule.subfields:
        _fields(w, rule)
    if len(w.lines) == start:
        w.put("pass")


def _positions(w: _Writer, rule: Rule) -> None:
    subject, stem = LEVEL[rule.level][0], LEVEL[rule.home][1]
    for places, paths in rule.positions.items():
        whole = places.endswith("!")
        first, _, last = places.rstrip("!").partition("-")
        end = int(last or first) + 1
        piece = f"subs[{int(first)}:{end}]"
        depth = w.depth
        if whole or end - int(first) == 1:
            w.put(f"text = {piece}")
            w.put("if text:")
        else:
            w.put(f"for text in {piece}:")
        w.depth += 1
        for path in paths:
            _emit(w, path, "text", stem, f"{subject} + ", "add({})")
        w.depth = depth


def _fields(w: _Writer, rule: Rule) -> None:
    subject, stem = LEVEL[rule.level][0], LEVEL[rule.home][1]
    if rule.classes and rule.classes.by.startswith("$"):
        w.put(f"chosen = next((text for code, text in subs if code == {rule.classes.by[1:]!r}), '')")
    if rule.each:
        w.put(f"for group in split(subs, {rule.each!r}, {rule.common!r}):")
        w.depth += 1
        group = "group"
    else:
        group = "subs"
    if rule.needs:
        w.put(f"if [code for code, text in {group} if code in {rule.needs!r}]:")
        w.depth += 1
    if rule.predicate:
        w.put("parts = []")
        _subfields(w, rule, group, stem, "", "parts.append({})")
        _node(w, rule, group, subject, stem)
    else:
        _subfields(w, rule, group, stem, f"{subject} + ", "add({})")


def _subfields(w: _Writer, rule: Rule, group: str, stem: str, prefix: str, sink: str) -> None:
    depth = w.depth
    for joined in (s for s in rule.subfields if len(s.codes) > 1):
        w.put(f"text = ' '.join([text for code, text in {group} if code in {joined.codes!r}])")
        w.put("if text:")
        w.depth += 1
        _one(w, joined, stem, prefix, sink)
        w.depth = depth
    single = [s for s in rule.subfields if len(s.codes) == 1]
    if not single:
        return
    w.put(f"for code, text in {group}:")
    word = "if"
    for subfield in single:
        w.depth = depth + 1
        w.put(f"{word} code == {subfield.codes!r}:")
        w.depth += 1
        _one(w, subfield, stem, prefix, sink)
        word = "elif"
    w.depth = depth


def _one(w: _Writer, subfield: Subfield, stem: str, prefix: str, sink: str) -> None:
    for path in subfield.paths:
        _emit(w, path, "text", stem, prefix, sink)
    for extra in subfield.also:
        w.put(sink.format(prefix + repr(constant(extra))))


def _emit(w: _Writer, path: PropertyPath, text: str, stem: str, prefix: str, sink: str) -> None:
    """Code that puts a value at the end of a path, making the nodes between."""
    kind, call = _value(w, path.value)
    depth = w.depth
    if call:
        w.put(f"value = {call.format(text)}")
        w.put("if value:")
        w.depth += 1
        text = "value"
    predicate = iri(path.steps[-1][0])
    if kind == "text":
        part = f"{f' {predicate} ' + chr(34)!r} + {text} + close"
    elif kind == "plain":
        quoted = f" {predicate} " + '"'
        part = f"{quoted!r} + {text} + {chr(34) + ' .'!r}"
    else:
        part = f"{f' {predicate} '!r} + {text} + ' .'"
    for name, classes in reversed(path.steps[:-1]):
        w.put(f"part = {part}")
        kinds = "".join(c.rpartition("/")[2].rpartition(":")[2] for c in classes)
        w.put(f"child = {stem} + {_fragment(classes) + '-'!r} + digest(part + {kinds!r}) + '>'")
        for kind_name in classes:
            w.put(f"add(child + {TYPE + iri(kind_name) + ' .'!r})")
        w.put("add(child + part)")
        part = f"{f' {iri(name)} '!r} + child + ' .'"
    w.put(sink.format(prefix + part))
    w.depth = depth


def _value(w: _Writer, value: tuple[str, ...]) -> tuple[str, str]:
    """The kind of a value function and the code that calls it ("" for plain text as it is)."""
    name, *words = value
    v = w.vocabulary
    if name == "text":
        return "text", ""
    if name in v.makers:
        kind, maker = v.makers[name]
        function = maker(*words)
    elif name in v.text or name in v.plain:
        kind, function = ("text", v.text[name]) if name in v.text else ("plain", v.plain[name])
    elif name in v.term:
        kind, function = "term", v.term[name]
    else:
        known = sorted({*v.text, *v.plain, *v.term, *v.makers})
        raise RuleError(f"unknown value function {name!r}; known: {', '.join(known)}")
    return kind, f"{w.name(name, function)}({{}}{', d' if kind == 'term' else ''})"


def _fragment(classes: Sequence[str]) -> str:
    """What a node's name begins with: its first class, the specific before the general."""
    return classes[0].rpartition("/")[2].rpartition(":")[2].lower()


def _node(w: _Writer, rule: Rule, group: str, subject: str, stem: str) -> None:
    """Code that names a node by its content, types it and hangs it on its subject."""
    depth = w.depth
    if rule.named_by:
        said = tuple(TYPE + iri(name) + " ." for name in (rule.classes.otherwise if rule.classes else ()))
        link = f"{subject} + {f' {iri(rule.predicate)} '!r}"
        w.put(f"parts = listed_term({group}, {rule.named_by!r}, {link}, {said!r}, parts, d)")
    w.put("if parts:")
    w.depth += 1
    for choice in rule.constants:
        _constants(w, choice)
    kinds, types = _types(w, rule)
    w.put(f"node = {stem} + {kinds} + digest(''.join(parts)) + '>'")
    w.put(f"add({subject} + {f' {iri(rule.predicate)} '!r} + node + ' .')")
    for line in types or ():
        w.put(f"add(node + {line!r})")
    if types is None:
        w.put("for part in types:")
        w.put("    add(node + part)")
    w.put("for part in parts:")
    w.put("    add(node + part)")
    w.depth = depth


def _constants(w: _Writer, choice: Choice) -> None:
    if not choice.by:
        w.put(f"parts += {tuple(constant(text) for text in choice.otherwise)!r}")
        return
    options = {key: tuple(map(constant, texts)) for key, texts in choice.options.items()}
    otherwise = tuple(map(constant, choice.otherwise))
    key = choice.by if choice.by.startswith("ind") else f"dict(subs).get({choice.by[1:]!r}, '')"
    w.put(f"parts += {w.name('constants', options)}.get({key}, {otherwise!r})")


def _types(w: _Writer, rule: Rule) -> tuple[str, tuple[str, ...] | None]:
    """Code for the beginning of the fragment, and the type lines; None where a choice puts them into ``types``."""
    choice = rule.classes or Choice("", {}, ())
    if not choice.by:
        name = rule.fragment or (_fragment(choice.otherwise) if choice.otherwise else "node")
        return repr(name + "-"), tuple(TYPE + iri(name) + " ." for name in choice.otherwise)
    options = {k: (_fragment(v) + "-", tuple(TYPE + iri(n) + " ." for n in v)) for k, v in choice.options.items()}
    last = choice.otherwise
    otherwise = (_fragment(last) + "-", tuple(TYPE + iri(n) + " ." for n in last)) if last else ("node-", ())
    key = choice.by if choice.by.startswith("ind") else "chosen"
    w.put(f"kind, types = {w.name('classes', options)}.get({key}, {otherwise!r})")
    return "kind", None
