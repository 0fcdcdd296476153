//! Why a unit is graded as it is, what would lift it, how sure that is, and what changed.
