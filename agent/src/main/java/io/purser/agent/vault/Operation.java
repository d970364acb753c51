package io.purser.agent.vault;

/**
 * What was asked of the store, for messages.
 *
 * @param doing for example {@code reading}
 * @param what for example the path
 */
record Operation(String doing, String what) {

    static final String LOGIN = "logging in at";

    boolean isLogin() {
        return doing.equals(LOGIN);
    }

    @Override
    public String toString() {
        return doing + " " + what;
    }
}
