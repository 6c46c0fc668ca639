/** Irregular forms of English verbs and a few nouns a support reply uses, by base form. */
const FORMS = `be am is are was were been being; have has had; do does did done; go goes went gone; get got gotten; send sent; pay paid;
keep kept; lose lost; buy bought; take took taken; come came; give gave given; show shown; choose chose chosen; make made; leave left;
find found; hold held; tell told; say said; see saw seen; know knew known; bring brought; begin began begun; add added adding; break broke broken;
write wrote written; spend spent; sell sold; mean meant; hear heard; run ran; become became; put; let; feel felt; think thought; wear wore worn;
tear tore torn; shrink shrank shrunk; hide hid hidden; forget forgot forgotten; stick stuck; catch caught; meet met; sign signed;
stay stayed; refer referred; ship shipped; drop dropped; stop stopped; plan planned; submit submitted; cancel cancelled canceled cancelling canceling;
travel travelled traveled; label labelled labeled; child children; person people; day days; business; address addresses`;

/** Base form of a lower-case word, or the word itself. */
export function baseForm(word: string): string {
  return bases.get(word) ?? word;
}

const bases = new Map(
  FORMS.split(';').flatMap((group) => {
    const [base = '', ...forms] = group.trim().split(/\s+/);
    return forms.map((form) => [form, base] as const);
  }),
);
