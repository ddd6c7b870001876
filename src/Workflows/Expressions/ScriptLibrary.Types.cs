namespace PublicService.Workflows.Expressions;

/// <summary>The few members of .NET types that scripts commonly use, and the objects that need more than one line.</summary>
internal static partial class ScriptLibrary
{
    private static string Variables => $$"""
        new Proxy({}, {
            get: (_, name) => typeof name === 'string' ? host({{(int)HostCall.PeekVariable}}, name) : undefined,
            set: (_, name, value) => { host({{(int)HostCall.SetVariable}}, name, value); return true; },
            has: (_, name) => host({{(int)HostCall.VariableNames}}).includes(name),
            ownKeys: () => host({{(int)HostCall.VariableNames}}),
            getOwnPropertyDescriptor: (_, name) => host({{(int)HostCall.VariableNames}}).includes(name) ? { value: host({{(int)HostCall.PeekVariable}}, name), writable: true, enumerable: true, configurable: true } : undefined,
            deleteProperty: () => false,
        })
        """;

    // Jobs wait in a queue of our own, which the evaluation empties while its limits still hold.
    private static string Promise => $$"""
        (() => {
            const jobs = [];
            const isThenable = value => value !== null && typeof value === 'object' && typeof value.then === 'function';
            class Promise {
                #state = 'pending'; #value; #waiting = [];
                constructor(work) {
                    try { work(value => this.#resolve(value), error => this.#settle('rejected', error)); }
                    catch (error) { this.#settle('rejected', error); }
                }
                #resolve(value) {
                    if (!isThenable(value)) { this.#settle('fulfilled', value); return; }
                    jobs.push(() => {
                        try { value.then(inner => this.#resolve(inner), error => this.#settle('rejected', error)); }
                        catch (error) { this.#settle('rejected', error); }
                    });
                }
                #settle(state, value) {
                    if (this.#state !== 'pending') { return; }
                    this.#state = state; this.#value = value;
                    for (const job of this.#waiting) { jobs.push(job); }
                }
                then(onValue, onError) {
                    return new Promise((resolve, reject) => {
                        const job = () => {
                            const next = this.#state === 'fulfilled' ? onValue : onError;
                            if (typeof next !== 'function') { (this.#state === 'fulfilled' ? resolve : reject)(this.#value); return; }
                            try { resolve(next(this.#value)); } catch (error) { reject(error); }
                        };
                        if (this.#state === 'pending') { this.#waiting.push(job); } else { jobs.push(job); }
                    });
                }
                catch(onError) { return this.then(undefined, onError); }
                finally(done) { return this.then(value => { done(); return value; }, error => { done(); throw error; }); }
                static resolve(value) { return value instanceof Promise ? value : new Promise(resolve => resolve(value)); }
                static reject(error) { return new Promise((_, reject) => reject(error)); }
                static all(items) {
                    return new Promise((resolve, reject) => {
                        const list = Array.from(items), values = [];
                        let left = list.length;
                        if (left === 0) { resolve(values); }
                        list.forEach((item, i) => Promise.resolve(item).then(value => { values[i] = value; if (--left === 0) { resolve(values); } }, reject));
                    });
                }
                static allSettled(items) {
                    return Promise.all(Array.from(items, item => Promise.resolve(item).then(
                        value => ({ status: 'fulfilled', value }), reason => ({ status: 'rejected', reason }))));
                }
                static race(items) { return new Promise((resolve, reject) => { for (const item of items) { Promise.resolve(item).then(resolve, reject); } }); }
                static settle(value) {
                    while (jobs.length > 0) { jobs.shift()(); }
                    if (!(value instanceof Promise)) { return value; }
                    if (value.#state === 'pending') { throw new Error('The promise of the script is never settled'); }
                    if (value.#state === 'rejected') { throw value.#value; }
                    return value.#value;
                }
            }
            return Promise;
        })()
        """;

    private static string Date => $$"""
        ((Real) => {
            function Date(...parts) {
                if (!new.target) { return new Real(host({{(int)HostCall.Now}})).toString(); }
                return parts.length === 0 ? new Real(host({{(int)HostCall.Now}})) : new Real(...parts);
            }
            Date.prototype = Real.prototype;
            Real.prototype.constructor = Date;
            Object.defineProperty(Real.prototype, 'constructor', { enumerable: false });
            Date.now = () => host({{(int)HostCall.Now}});
            Date.UTC = Real.UTC;
            Date.parse = Real.parse;
            return Date;
        })(globalThis.Date)
        """;

    private static string TimeSpan => $$"""
        (() => {
            const two = n => String(n).padStart(2, '0');
            return class TimeSpan {
                constructor(milliseconds) { this.TotalMilliseconds = milliseconds; Object.freeze(this); }
                static FromMilliseconds(n) { return new TimeSpan(n); }
                static FromSeconds(n) { return new TimeSpan(n * 1000); }
                static FromMinutes(n) { return new TimeSpan(n * 60000); }
                static FromHours(n) { return new TimeSpan(n * 3600000); }
                static FromDays(n) { return new TimeSpan(n * 86400000); }
                static Parse(text) { return new TimeSpan(host({{(int)HostCall.ParseTimeSpan}}, text)); }
                static get Zero() { return new TimeSpan(0); }
                get TotalSeconds() { return this.TotalMilliseconds / 1000; }
                get TotalMinutes() { return this.TotalMilliseconds / 60000; }
                get TotalHours() { return this.TotalMilliseconds / 3600000; }
                get TotalDays() { return this.TotalMilliseconds / 86400000; }
                get Days() { return Math.trunc(this.TotalDays); }
                get Hours() { return Math.trunc(this.TotalHours) % 24; }
                get Minutes() { return Math.trunc(this.TotalMinutes) % 60; }
                get Seconds() { return Math.trunc(this.TotalSeconds) % 60; }
                get Milliseconds() { return Math.trunc(this.TotalMilliseconds) % 1000; }
                Add(other) { return new TimeSpan(this.TotalMilliseconds + other.TotalMilliseconds); }
                Subtract(other) { return new TimeSpan(this.TotalMilliseconds - other.TotalMilliseconds); }
                valueOf() { return this.TotalMilliseconds; }
                [Symbol.toPrimitive](hint) { return hint === 'number' ? this.TotalMilliseconds : this.toString(); }
                toJSON() { return this.toString(); }
                ToString() { return this.toString(); }
                toString() {
                    const all = Math.abs(this.TotalMilliseconds), days = Math.floor(all / 86400000), rest = all % 1000;
                    return (this.TotalMilliseconds < 0 ? '-' : '') + (days > 0 ? days + '.' : '') + two(Math.floor(all / 3600000) % 24) + ':'
                        + two(Math.floor(all / 60000) % 60) + ':' + two(Math.floor(all / 1000) % 60)
                        + (rest > 0 ? '.' + String(Math.round(rest * 10000)).padStart(7, '0') : '');
                }
            };
        })()
        """;

    private static string Guid => $$"""
        class Guid {
            #text;
            constructor(text) { this.#text = text; }
            static NewGuid() { return new Guid(host({{(int)HostCall.NewGuid}})); }
            static Parse(text) { return new Guid(host({{(int)HostCall.ParseGuid}}, String(text))); }
            static get Empty() { return new Guid('00000000-0000-0000-0000-000000000000'); }
            Equals(other) { return String(other) === this.#text; }
            toString() { return this.#text; }
            ToString() { return this.#text; }
            toJSON() { return this.#text; }
        }
        """;

    private static string Random => $$"""
        class Random {
            Next(from, to) {
                if (from === undefined) { from = 0; to = 2147483647; }
                if (to === undefined) { to = from; from = 0; }
                return from + Math.floor(Math.random() * (to - from));
            }
            NextDouble() { return Math.random(); }
        }
        """;

    private static string DateTime(string name) => $$"""
        class {{name}} {
            constructor(year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0) {
                return new Date(year, month - 1, day, hour, minute, second, millisecond);
            }
            static get Now() { return new Date(); }
            static get UtcNow() { return new Date(); }
            static get Today() { const today = new Date(); today.setHours(0, 0, 0, 0); return today; }
            static Parse(text) { return new Date(host({{(int)HostCall.ParseDate}}, String(text))); }
            static AddDays(date, days) { return new Date(date.getTime() + days * 86400000); }
            static now() { return new Date(); }
            static utcNow() { return new Date(); }
        }
        """;
}
