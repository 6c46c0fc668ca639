/** Whether a key can go into a header: letters, digits and signs of ASCII; a quotation mark or a hidden character came along with a copy. */
export const isSendable = (key: string | null): boolean => key === null || /^[\x21-\x7e]+$/u.test(key);
