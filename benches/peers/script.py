"""The seven rules as somebody would write them by hand: script.py FOLDER-OF-FACTS, a line for each finding."""
import os
import sys
from collections import defaultdict

REFERENCES = (
    "about action article-scope asserted-by bearer because cites narrows overrides part-of parties purpose purposes "
    "scope toward within"
).split()


def rows(folder, name):
    path = os.path.join(folder, name + ".tsv")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def table(folder, name):
    found = defaultdict(list)
    for key, value in rows(folder, name):
        found[key].append(value)
    return found


def chain(relation, start):
    """Everything that leads on from a thing, itself first."""
    seen, waiting = {start}, [start]
    while waiting:
        for following in relation.get(waiting.pop(), ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def on_circles(relation):
    """Everything that leads back to itself: the strongly connected components of more than one (Tarjan)."""
    order, low, stack, waiting, found = {}, {}, [], set(), []
    for root in relation:
        if root in order:
            continue
        work = [(root, iter(relation[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        waiting.add(root)
        while work:
            node, following = work[-1]
            for target in following:
                if target not in order:
                    order[target] = low[target] = len(order)
                    stack.append(target)
                    waiting.add(target)
                    work.append((target, iter(relation.get(target, ()))))
                    break
                if target in waiting:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    component = [stack.pop()]
                    while component[-1] != node:
                        component.append(stack.pop())
                    waiting.difference_update(component)
                    if len(component) > 1 or node in relation.get(node, ()):
                        found.extend(component)
    return found


def main():
    folder = sys.argv[1]
    relations = {name: table(folder, name) for name in REFERENCES}
    kinds, twice = {}, set()
    for name, kind, _ in rows(folder, "declared"):
        if name in kinds:
            twice.add(name)
        else:
            kinds[name] = kind
    exclusive = {name for (name,) in rows(folder, "exclusive")}
    found = [("CL0002", name) for name in twice]
    for relation in relations.values():
        for name, values in relation.items():
            found.extend(("CL0001", f"{value} {name}") for value in values if value not in kinds)
    cites, scope, purpose = relations["cites"], relations["scope"], relations["purpose"]
    norms = {kind: [name for name, of in kinds.items() if of == kind] for kind in ("obligation", "prohibition")}
    found.extend(("CL0101", name) for names in norms.values() for name in names if name not in cites)
    for name, values in purpose.items():
        listed = {one for article in cites.get(name, ()) for one in relations["purposes"].get(article, ())}
        for value in values if listed else ():
            if value in kinds and not chain(relations["narrows"], value) & listed:
                found.append(("CL0201", f"{name} {value}"))
    within, around, parts = relations["within"], {}, {}

    def outer(one):
        if one not in around:
            around[one] = chain(within, one)
        return around[one]

    def part(one):
        """Of each scope around it with exclusive parts, the part in which a scope lies."""
        if one not in parts:
            parts[one] = {whole: inner for inner in outer(one) for whole in within.get(inner, ()) if whole in exclusive}
        return parts[one]

    for name, articles in cites.items():
        for article in articles:
            for applies in relations["article-scope"].get(article, ()):
                for value in scope.get(name, ()):
                    wider = value != applies and value in outer(applies)
                    apart = any(part(applies).get(whole, inner) != inner for whole, inner in part(value).items())
                    if value in kinds and (wider or apart):
                        found.append(("CL0203", f"{name} {value} {article}"))
    action, bearer, overrides = relations["action"], relations["bearer"], relations["overrides"]
    forbidden = defaultdict(list)
    for name in norms["prohibition"]:
        for value in action.get(name, ()):
            forbidden[value].append(name)
    for one in norms["obligation"]:
        for other in (other for value in action.get(one, ()) for other in forbidden.get(value, ())):
            if other in overrides.get(one, ()) or one in overrides.get(other, ()):
                continue
            bearers = [(b, c) for b in bearer.get(one, ()) for c in bearer.get(other, ())]
            belongs = relations["part-of"]
            if not any(c in chain(belongs, b) or b in chain(belongs, c) for b, c in bearers):
                continue
            scopes = [(x, y) for x in scope.get(one, ()) for y in scope.get(other, ())]
            unscoped = one not in scope and other not in scope
            if unscoped or any(x in outer(y) or y in outer(x) for x, y in scopes):
                found.append(("CL0401", f"{one} {other}"))
    found.extend(("CL0501", name) for name in on_circles(relations["because"]))
    sys.stdout.write("".join(f"{code}\t{ids}\n" for code, ids in found))


main()
