/** Who asks for something that is theirs. */
export interface Asker {
  /** Id of the user; null: the owner of this machine. */
  readonly user: number | null;
  /** What it may do: "read", "scan", "ack", "edit", "admin". */
  readonly scopes: readonly string[];
}
