// PlainView.td: rows as bare records, for bang-tblgen.
include "Vocab.td"
include "Rows.td"
