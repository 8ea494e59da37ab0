import { describeFaultTable } from './support/describe-fault-table';

describeFaultTable('soap', 'everything else');
