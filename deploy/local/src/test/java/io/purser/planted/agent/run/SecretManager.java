package io.purser.planted.agent.run;

/** A name that says nothing, with a method that asks for everything. */
public final class SecretManager {

    int manage(int a, int b, int c, int d, int e, int f, int g) {
        return a + b + c + d + e + f + g;
    }
}
