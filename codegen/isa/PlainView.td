// PlainView.td: all rows as bare records, for bang-tblgen.
include "PlainClasses.td"
include "Rows.td"
