// Pending.td: documented builtins that this version declares but does not implement; using one is an error that names it.
class Pending<list<string> names> { list<string> Names = names; }
def : Pending<[
]>;
