package io.purser.local.store;

import java.time.Instant;

/** A database's accounts, as the engine {@code database} makes and drops them. A real database can stand behind it. */
public interface Accounts {

    /**
     * Makes an account.
     *
     * @param statements the role's {@code creation_statements}, empty where it has none
     * @throws IllegalStateException where the database refuses; the message becomes the answer's error
     */
    void create(Iterable<String> statements, Account account);

    /** Lets an account live until another moment. */
    void renew(Account account);

    /** Drops an account. */
    void drop(Iterable<String> statements, Account account);

    /**
     * One account.
     *
     * @param name its user name
     * @param password its password
     * @param expires when the database may refuse it
     */
    record Account(String name, String password, Instant expires) {
        @Override
        public String toString() {
            return "Account[" + name + ", [REDACTED]]";
        }
    }

    /** No database at all: names and passwords are made up. */
    Accounts NONE = new Accounts() {
        @Override
        public void create(Iterable<String> statements, Account account) {}

        @Override
        public void renew(Account account) {}

        @Override
        public void drop(Iterable<String> statements, Account account) {}
    };

    /** Opens the database that a {@code config} of the engine names. */
    interface Opener {
        /**
         * Opens it.
         *
         * @param plugin the {@code plugin_name}
         * @param url the {@code connection_url}, with user name and password put in
         * @throws IllegalStateException where it cannot be reached
         */
        Accounts open(String plugin, String url);
    }
}
