// Digits as the server reads them: those of Arabic, Persian and full width, too.
export const plainDigits = (typed) => typed.replace(/[٠-٩۰-۹０-９]/g, (digit) => digit.charCodeAt(0) & 15);
