/** The sign of the house. */
export const Mark = () => <img src="/mark.svg" width={26} height={26} alt="" />;
