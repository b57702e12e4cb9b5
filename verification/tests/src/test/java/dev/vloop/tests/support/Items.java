package dev.vloop.tests.support;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.function.Supplier;

/** Items that are made when they are asked for. Nobody knows how many there are. */
public final class Items<T> extends AbstractCollection<T> {
    private final Supplier<Iterator<T>> iterators;

    public Items(Supplier<Iterator<T>> iterators) {
        this.iterators = iterators;
    }

    @Override
    public Iterator<T> iterator() {
        return iterators.get();
    }

    @Override
    public int size() {
        return Integer.MAX_VALUE;
    }
}
